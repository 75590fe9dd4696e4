import { QueryClient, dehydrate, hydrate, type DehydratedState } from '@tanstack/solid-query';
import { ApiFailure } from '../api/request.ts';
import { keep, readKept } from './kept-values.ts';

const keptKey = 'queries';
const keepAfterMs = 500;
const readLimitMs = 1000;
const monthMs = 30 * 24 * 60 * 60 * 1000;

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
        gcTime: monthMs,
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
    void keep(keptKey, dehydrate(queries));
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
