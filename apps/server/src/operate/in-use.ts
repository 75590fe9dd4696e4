import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';

/** Whether another program, usually the running server, has this SQLite file open. */
function isInUse(path: string): boolean {
  if (!existsSync(path)) return false;
  const database = new Sqlite(path, { timeout: 0 });
  try {
    // Every connection of a file with a write-ahead log holds a shared lock for as long as it is open.
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true;
    throw error;
  } finally {
    database.close();
  }
}

/** A server keeps its control database open from start to end. */
export const isServerRunning = (dataDir: string): boolean => isInUse(join(dataDir, 'control.sqlite'));
