import { type Accessor, createComputed, onCleanup } from 'solid-js';
import type { QueryKey, QueryState, QueryStore } from './query-store.ts';

export interface QueryChoice<T> {
  readonly queryKey: QueryKey;
  readonly queryFn: () => Promise<T>;
}

/** One list of the server as a signal, kept fresh while the calling component lives. */
export function createQuery<T>(queries: QueryStore, choose: () => QueryChoice<T>): Accessor<QueryState<T>> {
  createComputed(() => {
    const { queryKey, queryFn } = choose();
    onCleanup(queries.use(queryKey, queryFn));
  });
  return () => queries.read<T>(choose().queryKey);
}
