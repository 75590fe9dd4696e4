import type { Database } from 'better-sqlite3';

/** Pages in the write-ahead log after which SQLite copies them into the file in the middle of a commit (16 MB). */
const pagesAtMost = 4000;
/** With a thread that copies them this is only reached when it cannot (64 MB). */
const pagesAtMostBeside = 16_000;
const quietMs = 300;
/** Rows written after which the thread copies: some 5 MB of an import, so that no commit waits long for the disk behind it. */
const rowsWorthThread = 4000;
/** Pages in the log after which it is to begin anew (24 MB). */
const pagesWorthAnew = 6000;
/** Rows whose pages are copied at once when all is quiet; more are the thread's. */
const fewRows = 500;

export interface Checkpoints {
  /** `rows` were written and committed. */
  committed(rows: number): void;
  /** Resolves when nobody works on the file any more. */
  close(): Promise<void>;
}

/**
 * Copies the write-ahead log into the file while nobody writes, instead of within every 125th edit or so: that edit
 * would wait for two further syncs of the disk. While an import writes without a pause, `copyBeside` does it on another
 * thread and answers how many pages the log has. Only when they are many is what was written meanwhile copied here: the
 * log begins anew when nothing of it is left to copy.
 */
export function makeCheckpoints(database: Database, copyBeside?: () => Promise<number>): Checkpoints {
  database.pragma(`wal_autocheckpoint = ${copyBeside === undefined ? pagesAtMost : pagesAtMostBeside}`);
  let timer: NodeJS.Timeout | null = null;
  let isQuiet = true;
  let isClosed = false;
  let rows = 0;
  let beside: Promise<void> | null = null;

  const copy = (): void => {
    try {
      database.pragma('wal_checkpoint(PASSIVE)');
    } catch {
      // A full or failing disk: everything stays readable in the log, and the next commit fails and says why.
      wait();
    }
  };
  const handOver = (work: () => Promise<number>): void => {
    rows = 0;
    beside = work()
      .then(
        (pages) => {
          if (!isClosed && (isQuiet || pages > pagesWorthAnew)) copy();
        },
        // The thread is gone: SQLite copies within a commit, later than otherwise.
        () => undefined,
      )
      .then(() => void (beside = null));
  };
  const look = (): void => {
    timer = null;
    if (!isQuiet || beside !== null) return wait();
    if (copyBeside !== undefined && rows > fewRows) return handOver(copyBeside);
    rows = 0;
    copy();
  };
  const wait = (): void => {
    isQuiet = true;
    timer ??= setTimeout(look, quietMs).unref();
  };
  return {
    committed(written) {
      isQuiet = false;
      rows += written;
      if (copyBeside !== undefined && rows >= rowsWorthThread && beside === null) handOver(copyBeside);
      if (timer === null) wait();
    },
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await beside;
    },
  };
}
