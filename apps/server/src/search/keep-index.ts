import { searchedTables, type Searchable } from '@rapport/domain/search/searchable';
import type { Hub } from '@rapport/sync/server/ports';
import type { SearchIndex } from './search-index.ts';

/** After a commit, so that somebody's typing is indexed once. */
const afterCommitMs = 300;
/** Work at a time, and the rest between, so that edits wait for a few milliseconds at most while an import is indexed. */
const sliceMs = 3;
const restMs = 6;
/** While records come in by the thousand their import goes first; it is felt less, and over sooner. */
const restWhileManyMs = 60;
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
  const wait = (ms: number): void => {
    timer ??= setTimeout(slice, Math.max(ms, notBefore - performance.now()));
    timer.unref();
  };
  const slice = (): void => {
    timer = null;
    const started = performance.now();
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
    if (timer === null && writes.some(({ table }) => tables.has(table))) wait(afterCommitMs);
  });
  wait(0);
  return () => {
    stopHearing();
    if (timer !== null) clearTimeout(timer);
  };
}
