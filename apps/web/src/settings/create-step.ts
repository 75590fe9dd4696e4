import { createSignal } from 'solid-js';
import { ApiFailure, sentenceOf } from '../api/request.ts';

/** A step that sends what was typed once at a time; what the server finds wrong with the `field` stands beside it. */
export function createStep(field: 'password' | 'code', words: { empty: string; wrong: string }) {
  const [value, setValue] = createSignal('');
  const [error, setError] = createSignal<string>();
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const send = async (work: (value: string) => Promise<void>): Promise<void> => {
    if (isBusy()) return;
    setError(value() === '' ? words.empty : undefined);
    setProblem(undefined);
    if (value() === '') return;
    setBusy(true);
    try {
      await work(value());
    } catch (thrown) {
      if (thrown instanceof ApiFailure && thrown.fields[field] !== undefined) setError(words.wrong);
      else setProblem(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  return { value, setValue, error, problem, isBusy, send };
}

/** The question for the password that stands before every change of how one signs in. */
export const createPasswordStep = () =>
  createStep('password', { empty: 'Type your password.', wrong: 'This is not your password.' });
