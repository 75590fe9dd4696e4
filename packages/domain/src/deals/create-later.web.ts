import { type Accessor, createComputed, createSignal, on, onCleanup, untrack } from 'solid-js';

/** A value that follows its source at most every `delayMs`, the last one always: for what is dear to compute. */
export function createLater<T>(source: Accessor<T>, delayMs: number): Accessor<T> {
  const [value, setValue] = createSignal(untrack(source));
  let timer: ReturnType<typeof setTimeout> | undefined;
  createComputed(
    on(
      source,
      () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          setValue(() => untrack(source));
        }, delayMs);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return value;
}
