import { createSignal } from 'solid-js';
import { type FormErrors, explain } from '../account/auth.ts';

/** State of a form that is sent once at a time: `send` checks first, shows what is wrong and focuses the first error. */
export function createForm(check: () => FormErrors, submit: () => Promise<void>) {
  const [errors, setErrors] = createSignal<FormErrors>({});
  const [isBusy, setBusy] = createSignal(false);
  const show = (found: FormErrors) => {
    setErrors(found);
    if (Object.keys(found).length > 0)
      queueMicrotask(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
  };
  const send = async (event?: Event) => {
    event?.preventDefault();
    if (isBusy()) return;
    const found = check();
    show(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    try {
      await submit();
    } catch (error) {
      show(explain(error));
    } finally {
      setBusy(false);
    }
  };
  return { errors, isBusy, send };
}
