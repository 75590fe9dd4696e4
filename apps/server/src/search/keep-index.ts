import { searchedTables, type Searchable } from '@rapport/domain/search/searchable';
import type { Hub } from '@rapport/sync/server/ports';
import type { SearchIndex } from './search-index.ts';

/** So long without a commit, so that what somebody types is indexed once; but no longer than this after the first. */
const quietMs = 300;
const mostWaitMs = 700;
/** Work at a time, and the rest between, so that edits wait for a few milliseconds at most while an import is indexed. */
const sliceMs = 3;
const restMs = 6;
/** While records come in by the thousand their import goes first; it is felt less, and over sooner. */
const restWhileManyMs = 500;
const manyDocuments = 10;
const manyForMs = 500;
const retryMs = 5000;
/** One record cannot be cut into slices. Where a long note takes longer, it is indexed less often while somebody types. */
const restPerLongMs = 20;

/** Brings the index up to date within a second of each commit, in the background. Answers how to end it. */
export function keepIndex(options: {
  index: SearchIndex;
  hub: Pick<Hub, 'onCommit'>;
  searchables: readonly Searchable[];
  onProblem: (error: unknown) => void;
}): () => void {
  const { index, hub, searchables, onProblem } = options;
  const tables = searchedTables(searchables);
  let timer: NodeJS.Timeout | null = null;
  /** On the clock of `performance`. */
  let notBefore = 0;
  let manyUntil = 0;
  /** When the first commit came that nothing was indexed after, null when there was none; and when the last came. */
  let firstMs: number | null = null;
  let lastMs = 0;
  const wait = (ms: number): void => {
    timer ??= setTimeout(slice, Math.max(ms, notBefore - performance.now()));
    timer.unref();
  };
  const slice = (): void => {
    timer = null;
    const started = performance.now();
    const dueMs = firstMs === null ? started : Math.min(lastMs + quietMs, firstMs + mostWaitMs);
    if (dueMs > started) return wait(dueMs - started);
    firstMs = null;
    try {
      const hasMore = index.work(sliceMs);
      const tookMs = performance.now() - started;
      if (tookMs > sliceMs * 3) notBefore = started + tookMs * restPerLongMs;
      if (hasMore) wait(performance.now() < manyUntil ? restWhileManyMs : restMs);
    } catch (error) {
      // A full or failing disk: edits say so themselves, and search stays as old as it is until this works again.
      onProblem(error);
      wait(retryMs);
    }
  };
  const stopHearing = hub.onCommit(({ writes, creates = [] }) => {
    if (creates.length >= manyDocuments) manyUntil = performance.now() + manyForMs;
    if (!writes.some(({ table }) => tables.has(table))) return;
    lastMs = performance.now();
    if (timer !== null) return;
    firstMs = lastMs;
    wait(quietMs);
  });
  wait(0);
  return () => {
    stopHearing();
    if (timer !== null) clearTimeout(timer);
  };
}
