import type { QueryClient } from '@tanstack/solid-query';
import { createContext, useContext } from 'solid-js';

export const QueriesContext = createContext<QueryClient>();

export function useQueries(): QueryClient {
  const queries = useContext(QueriesContext);
  if (queries === undefined) throw new Error('useQueries needs a QueriesContext above it');
  return queries;
}
