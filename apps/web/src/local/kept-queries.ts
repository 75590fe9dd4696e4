import { ApiFailure } from '../api/request.ts';
import { keep, readKept } from './kept-values.ts';
import { type QueryStore, makeQueryStore } from './query-store.ts';

const keptKey = 'lists';
const keepAfterMs = 500;
const readLimitMs = 1000;

const isPassing = (error: Error) => error instanceof ApiFailure && (error.status === 0 || error.status >= 500);

/**
 * The lists of the app, as last seen on this device: they show at once and without a network, and are fetched again.
 * `stopKeeping` is for sign-out: nothing is written afterwards.
 */
export async function openQueries(): Promise<{ queries: QueryStore; stopKeeping: () => void }> {
  const kept = await Promise.race([
    readKept(keptKey),
    new Promise<undefined>((resolve) => setTimeout(resolve, readLimitMs, undefined)),
  ]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const changed = () => {
    if (isStopped) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void keep(keptKey, queries.known());
    }, keepAfterMs);
  };
  const queries = makeQueryStore({
    kept: Array.isArray(kept) ? (kept as [string, unknown][]) : [],
    isPassing,
    changed,
  });
  const refreshAll = () => void queries.refetchQueries({ queryKey: [] });
  addEventListener('online', refreshAll);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && refreshAll());
  return {
    queries,
    stopKeeping() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
