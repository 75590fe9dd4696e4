import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import Sqlite, { type Database } from 'better-sqlite3';
import { OperateProblem } from './problem.ts';

const pagesPerTurn = 1000;

/**
 * Copies a database that may be in use into one file: its state at one moment, whole, proved by `integrity_check`. The
 * writer is never held up. `addTo` may write into the copy before it is proved. Resolves with the copy's bytes.
 */
export async function copyDatabase(
  from: string,
  to: string,
  addTo: (copy: Database) => void = () => undefined,
): Promise<number> {
  if (!existsSync(from)) throw new OperateProblem(`${from} is not there.`);
  const part = `${to}.part`;
  rmSync(part, { force: true });
  try {
    const source = new Sqlite(from, { readonly: true, timeout: 5000 });
    try {
      // With a read transaction held the copy is of this moment; without it every commit would start the copy anew.
      source.exec('BEGIN');
      source.prepare('SELECT count(*) FROM sqlite_schema').get();
      await source.backup(part, { progress: () => pagesPerTurn });
    } finally {
      source.close();
    }
    chmodSync(part, 0o600);
    seal(part, addTo);
    renameSync(part, to);
    return statSync(to).size;
  } finally {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(`${part}${ending}`, { force: true });
  }
}

/** Makes the copy one plain file, without a write-ahead log beside it, and proves it. */
function seal(path: string, addTo: (copy: Database) => void): void {
  const copy = new Sqlite(path);
  try {
    copy.pragma('journal_mode = DELETE');
    addTo(copy);
    proveWhole(copy, path);
  } finally {
    copy.close();
  }
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** Throws what SQLite finds wrong with a file. */
export function proveWhole(database: Database, path: string): void {
  const [first] = database.prepare<[], string>('PRAGMA integrity_check(1)').pluck().all();
  if (first !== 'ok') throw new OperateProblem(`${path} is damaged: ${first ?? 'it cannot be read'}.`);
}
