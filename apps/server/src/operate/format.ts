import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';

/**
 * The format of everything below DATA_DIR, kept as `user_version` in each file. Raise it when an older version of the
 * product could no longer read what this one writes; migrations and derived tables alone do not ask for it.
 */
export const dataFormat = 2;

/** A file was written by a later version of the product. Nothing was changed. */
export class NewerFormat extends Error {
  override readonly name = 'NewerFormat';
  constructor(path: string, format: number) {
    super(
      `${path} has format ${format} and this version reads up to ${dataFormat}. Nothing was changed; use the version that wrote it, or a later one.`,
    );
  }
}

const userVersionAt = 60;

/**
 * Throws {@link NewerFormat} for a file that is too new, without opening it for writing: its bytes stay as they are. A
 * file that does not exist, or is empty, is fine.
 */
export function refuseNewerFile(path: string): void {
  if (!existsSync(path)) return;
  const header = Buffer.alloc(64);
  const file = openSync(path, 'r');
  const count = readSync(file, header, 0, header.length, 0);
  closeSync(file);
  const written = count < header.length ? 0 : header.readUInt32BE(userVersionAt);
  // After a crash the newest header may still stand in the write-ahead log.
  const hasLog = existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
  const format = Math.max(written, hasLog ? formatWithLog(path) : 0);
  if (format > dataFormat) throw new NewerFormat(path, format);
}

/** The same for all of a data folder. */
export function refuseNewerFolder(dataDir: string): void {
  for (const path of databaseFiles(dataDir)) refuseNewerFile(path);
}

/** Writes the format into a file that is older than this version. */
export function markFormat(database: Database): void {
  const format = Number(database.pragma('user_version', { simple: true }));
  if (format < dataFormat) database.pragma(`user_version = ${dataFormat}`);
}

/** The control database, if there is one, and every workspace's file. */
export function databaseFiles(dataDir: string): string[] {
  const control = join(dataDir, 'control.sqlite');
  return [...(existsSync(control) ? [control] : []), ...workspaceIds(dataDir).map((id) => workspaceFile(dataDir, id))];
}

export const workspaceFile = (dataDir: string, id: string): string => join(dataDir, 'workspaces', `${id}.sqlite`);

/** Of the files that are there, whether or not the control database knows them. */
export function workspaceIds(dataDir: string): string[] {
  const folder = join(dataDir, 'workspaces');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => /^(.+)\.sqlite$/.exec(name)?.[1] ?? [])
    .sort();
}

function formatWithLog(path: string): number {
  // Read-only: closing it neither folds the log into the file nor removes it.
  const database = new Sqlite(path, { readonly: true });
  try {
    return Number(database.pragma('user_version', { simple: true }));
  } finally {
    database.close();
  }
}
