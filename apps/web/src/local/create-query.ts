import { type QueryClient, QueryObserver, type QueryObserverResult, type QueryKey } from '@tanstack/solid-query';
import { type Accessor, createComputed, createSignal, on, onCleanup } from 'solid-js';

export interface QueryChoice<T> {
  readonly queryKey: QueryKey;
  readonly queryFn: () => Promise<T>;
  readonly enabled?: boolean;
}

/**
 * One list of the server as a signal, kept fresh while the calling component lives. Unlike `useQuery` it never
 * suspends: what is known shows while the rest is on its way.
 */
export function createQuery<T>(queries: QueryClient, choose: () => QueryChoice<T>): Accessor<QueryObserverResult<T>> {
  const observer = new QueryObserver<T>(queries, choose());
  const [result, setResult] = createSignal(observer.getCurrentResult());
  createComputed(
    on(
      choose,
      (choice) => {
        observer.setOptions(choice);
        setResult(observer.getCurrentResult());
      },
      { defer: true },
    ),
  );
  onCleanup(observer.subscribe((next) => setResult(next)));
  return result;
}
