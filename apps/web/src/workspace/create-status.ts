import type { Observable } from '@rapport/sync/client/observable';
import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** An observable of the sync package as a signal. */
export function createObserved<T>(observable: Observable<T>): Accessor<T> {
  const [value, setValue] = createSignal<T>(observable.get(), { equals: false });
  onCleanup(observable.subscribe((next) => setValue(() => next)));
  return value;
}
