import { onCleanup } from 'solid-js';
import type { KeptTable, KeptTables } from './kept-table.ts';

const keepAfterMs = 1000;

/** Keeps on this device what a table shows, a moment after it changed; `gather` answers null when there is nothing whole. */
export function createKeeper(tables: KeptTables, gather: () => { id: string; table: KeptTable } | null): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    const now = gather();
    if (now !== null) tables.keep(now.id, now.table);
  };
  onCleanup(() => timer !== undefined && save());
  return () => {
    timer ??= setTimeout(save, keepAfterMs);
  };
}
