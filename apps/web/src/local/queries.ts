import { createContext, useContext } from 'solid-js';
import type { QueryStore } from './query-store.ts';

export const QueriesContext = createContext<QueryStore>();

export function useQueries(): QueryStore {
  const queries = useContext(QueriesContext);
  if (queries === undefined) throw new Error('useQueries needs a QueriesContext above it');
  return queries;
}
