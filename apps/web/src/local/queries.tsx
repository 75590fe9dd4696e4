import type { QueryClient } from '@tanstack/solid-query';
import { type JSX, createContext, useContext } from 'solid-js';

const QueriesContext = createContext<QueryClient>();

export function QueriesProvider(props: { queries: QueryClient; children: JSX.Element }) {
  return <QueriesContext.Provider value={props.queries}>{props.children}</QueriesContext.Provider>;
}

export function useQueries(): QueryClient {
  const queries = useContext(QueriesContext);
  if (queries === undefined) throw new Error('useQueries needs a QueriesProvider above it');
  return queries;
}
