import { request } from '../api/request.ts';
import { createQuery } from '../local/create-query.ts';
import { useQueries } from '../local/queries.ts';

/** Something of my account below `/api/v1/me`, kept fresh while the calling component lives. */
export function createAccountQuery<T>(path: string) {
  const queries = useQueries();
  const queryKey = ['me', path];
  return {
    state: createQuery<T>(queries, () => ({ queryKey, queryFn: () => request<T>('GET', `/api/v1/me${path}`) })),
    refresh: () => queries.refetchQueries({ queryKey }),
  };
}
