import type { Database } from 'better-sqlite3';

/** Pages in the write-ahead log after which SQLite copies them into the file in the middle of a commit (16 MB). */
const pagesAtMost = 4000;
const quietMs = 300;

/**
 * Copies the write-ahead log into the file while nobody writes, instead of within every 125th edit or so: that edit
 * would wait for two further syncs of the disk.
 */
export function makeCheckpoints(database: Database): { committed(): void; close(): void } {
  database.pragma(`wal_autocheckpoint = ${pagesAtMost}`);
  let timer: NodeJS.Timeout | null = null;
  let isQuiet = true;
  const look = (): void => {
    timer = null;
    if (!isQuiet) return wait();
    try {
      database.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // A full or failing disk: everything stays readable in the log, and the next commit fails and says why.
      wait();
    }
  };
  const wait = (): void => {
    isQuiet = true;
    timer = setTimeout(look, quietMs);
    timer.unref();
  };
  return {
    committed() {
      isQuiet = false;
      if (timer === null) wait();
    },
    close() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
