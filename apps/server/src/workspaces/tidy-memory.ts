import type { Commit } from '@rapport/sync/server/ports';
import { releaseMemorySoon } from '@rapport/sync/server/release-memory';

/** So much written that what it took to write it is worth tidying up: an import, not a day of typing. */
const bytesWorthIt = 2 * 2 ** 20;

/** After much was written and then nothing for a while, gives back the memory that the writing took. */
export function makeTidyMemory(): { committed(commit: Commit): void; close(): void } {
  let bytes = 0;
  let cancel: (() => void) | null = null;
  return {
    committed({ entries }) {
      for (const { update } of entries) bytes += update.length;
      if (bytes < bytesWorthIt) return;
      cancel?.();
      cancel = releaseMemorySoon(() => {
        bytes = 0;
        cancel = null;
      });
    },
    close: () => cancel?.(),
  };
}
