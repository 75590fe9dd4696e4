import { createSignal } from 'solid-js';
import { sentenceOf } from '../api/request.ts';

/** Runs one change at a time and keeps the sentence of the last failure, for a page to show in place. */
export function createTask() {
  const [problem, setProblem] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setProblem(sentenceOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, problem, isBusy };
}
