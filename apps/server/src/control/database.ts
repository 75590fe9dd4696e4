import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { makeFolder } from '../make-folder.ts';
import { markFormat } from '../operate/format.ts';
import { controlMigrations, migrate } from './migrations.ts';

export interface ControlDatabase {
  readonly handle: Database;
  /** Null when a write is possible now, else the reason. */
  probe(): string | null;
  close(): void;
}

/** Opens `DATA_DIR/control.sqlite` (accounts, workspaces, memberships) and brings it up to date. */
export function openControl(dataDir: string, now: () => number): ControlDatabase {
  makeFolder(dataDir);
  const path = join(dataDir, 'control.sqlite');
  const isNew = !existsSync(path);
  const handle = new Sqlite(path);
  if (isNew) chmodSync(path, 0o600);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 2000'])
    handle.pragma(pragma);
  migrate(handle, controlMigrations, now);
  markFormat(handle);
  // A connection of its own that hardly waits: asking for health must not hold up the event loop.
  const prober = new Sqlite(path, { timeout: 50 });
  const touch = prober.prepare(
    'INSERT INTO health (one, at) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET at = excluded.at',
  );
  return {
    handle,
    probe() {
      try {
        touch.run(now());
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    close() {
      prober.close();
      handle.close();
    },
  };
}
