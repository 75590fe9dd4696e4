import { type DehydratedState, type Query, QueryClient, dehydrate, hydrate } from '@tanstack/solid-query';
import { ApiFailure } from '../api/request.ts';
import { keep, readKept } from './kept-values.ts';

const keptKey = 'queries';
const keepAfterMs = 500;
const readLimitMs = 1000;

const isPassing = (error: Error) => error instanceof ApiFailure && (error.status === 0 || error.status >= 500);

/**
 * The lists of the app, as last seen on this device: they show at once and without a network, and are fetched again.
 * `stopKeeping` is for sign-out: nothing is written afterwards.
 */
export async function openQueries(): Promise<{ queries: QueryClient; stopKeeping: () => void }> {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        // The browser's own idea of being online is often wrong; a failed request is the only sure sign.
        networkMode: 'always',
        // Kept until signed out. (A month in milliseconds is past what a timer can count, and would end at once.)
        gcTime: Infinity,
        staleTime: 2000,
        retry: (failures, error) => isPassing(error) && failures < 2,
      },
    },
  });
  const kept = await Promise.race([
    readKept(keptKey),
    new Promise<undefined>((resolve) => setTimeout(resolve, readLimitMs, undefined)),
  ]);
  if (kept !== undefined) hydrate(queries, kept as DehydratedState);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    timer = undefined;
    // What failed to refresh just now is still worth having without a network.
    const shouldDehydrateQuery = (query: Query) => query.state.data !== undefined && query.state.data !== null;
    void keep(keptKey, dehydrate(queries, { shouldDehydrateQuery }));
  };
  const stop = queries.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' || event.type === 'removed') timer ??= setTimeout(write, keepAfterMs);
  });
  return {
    queries,
    stopKeeping() {
      stop();
      clearTimeout(timer);
    },
  };
}
