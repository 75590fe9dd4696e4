import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { renewEpoch } from '@rapport/sync/server/sqlite/tables';
import Sqlite from 'better-sqlite3';
import { contentsBeside, copyContents } from '../files/copy-contents.ts';
import { makeFolder } from '../make-folder.ts';
import { admitWorkspace, type Admitted } from './admit-workspace.ts';
import { dropContents, placeContentsOf } from './contents-in-copy.ts';
import { dropAbout, readAbout, type AboutCopy } from './about-copy.ts';
import { smallFiles } from './backup.ts';
import { proveWhole } from './copy-database.ts';
import { databaseFiles, refuseNewerFile, refuseNewerFolder, workspaceFile } from './format.ts';
import { isServerRunning } from './in-use.ts';
import { OperateProblem } from './problem.ts';

export interface Restored {
  readonly files: readonly string[];
  /** Where what was there before lies now, if anything was. */
  readonly keptIn: string | null;
  /** Set when a single workspace came to an installation that did not know it. */
  readonly admitted: Admitted | null;
}

export interface RestoreOptions {
  readonly dataDir: string;
  /** Replace what is there; it is kept aside. */
  readonly force: boolean;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Puts a backup in place: a folder that `backup` wrote, or one workspace's file. The server must not be running. */
export async function restore(from: string, options: RestoreOptions): Promise<Restored> {
  if (!existsSync(from)) throw new OperateProblem(`${from} is not there.`);
  refuseRunningServer(options.dataDir);
  return statSync(from).isDirectory() ? await restoreFolder(from, options) : await restoreWorkspace(from, options);
}

export function refuseRunningServer(dataDir: string): void {
  if (isServerRunning(dataDir)) throw new OperateProblem(`A server is using ${dataDir}. Stop it first.`);
}

async function restoreFolder(from: string, { dataDir, force, now }: RestoreOptions): Promise<Restored> {
  if (!existsSync(join(from, 'control.sqlite')))
    throw new OperateProblem(`${from} is no backup: there is no control.sqlite in it.`);
  refuseNewerFolder(from);
  const sources = databaseFiles(from);
  // Before anything is touched: a damaged backup must not take the place of a sound folder.
  for (const path of sources) withReadOnly(path, (database) => proveWhole(database, path));
  const taken = [...smallFiles, 'control.sqlite', 'control.sqlite-wal', 'control.sqlite-shm', 'workspaces'].filter(
    (name) => existsSync(join(dataDir, name)),
  );
  if (taken.length > 0 && !force)
    throw new OperateProblem(`${dataDir} holds data already. With --force it is moved aside and kept.`);
  makeFolder(dataDir);
  const keptIn = taken.length === 0 ? null : moveAside(dataDir, taken, now());
  makeFolder(join(dataDir, 'workspaces'));
  const files = sources.map((path) => {
    const name = basename(path);
    if (name === 'control.sqlite') return place(path, join(dataDir, name));
    return place(path, join(dataDir, 'workspaces', name), beginNewLife);
  });
  for (const name of smallFiles) if (existsSync(join(from, name))) place(join(from, name), join(dataDir, name));
  for (const path of sources)
    await copyContents(contentsBeside(path), contentsBeside(join(dataDir, 'workspaces', basename(path))));
  return { files, keptIn, admitted: null };
}

/** Proves one workspace's backup and answers what it says of itself. */
export function aboutBackup(from: string): AboutCopy {
  refuseNewerFile(from);
  const about = withReadOnly(from, (database) => {
    proveWhole(database, from);
    return readAbout(database);
  });
  if (about === null) throw new OperateProblem(`${from} is no backup of a workspace.`);
  return about;
}

/** Puts one workspace's file in place, which nobody may have open. */
export async function restoreWorkspace(from: string, { dataDir, force, now }: RestoreOptions): Promise<Restored> {
  refuseNewerFolder(dataDir);
  const about = aboutBackup(from);
  const target = workspaceFile(dataDir, about.workspace.id);
  const taken = ['', '-wal', '-shm'].map((ending) => `workspaces/${basename(target)}${ending}`);
  const present = taken.filter((name) => existsSync(join(dataDir, name)));
  if (present.length > 0 && !force)
    throw new OperateProblem(`“${about.workspace.name}” is there already. With --force it is moved aside and kept.`);
  const keptIn = present.length === 0 ? null : moveAside(dataDir, present, now());
  makeFolder(join(dataDir, 'workspaces'));
  // Before the database: what it names is there before it does.
  await placeContentsOf(from, contentsBeside(target));
  const files = [
    place(from, target, (path) => {
      dropContents(path);
      beginNewLife(path);
    }),
  ];
  // Those that are there stay: a content is what its name says, whoever brought it.
  await copyContents(contentsBeside(from), contentsBeside(target));
  return { files, keptIn, admitted: admitWorkspace(dataDir, about, now) };
}

/** Moves names below DATA_DIR into a folder beside them and answers that. Nothing is ever deleted by a restore. */
function moveAside(dataDir: string, names: readonly string[], at: number): string {
  const stamp = new Date(at).toISOString().replaceAll(/[:.]/g, '-');
  const folder = join(dataDir, `replaced-${stamp}`);
  mkdirSync(folder, { mode: 0o700 });
  for (const name of names) {
    makeFolder(join(folder, name, '..'));
    renameSync(join(dataDir, name), join(folder, name));
  }
  return folder;
}

/** Clients that know more than this backup then compare before they offer anything. */
function beginNewLife(path: string): void {
  const database = new Sqlite(path);
  try {
    renewEpoch(database);
  } finally {
    database.close();
  }
}

function place(from: string, to: string, change: (path: string) => void = () => {}): string {
  const part = `${to}.part`;
  copyFileSync(from, part);
  chmodSync(part, 0o600);
  if (to.endsWith('.sqlite')) dropAbout(part);
  change(part);
  const file = openSync(part, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(part, to);
  return to;
}

function withReadOnly<T>(path: string, look: (database: Sqlite.Database) => T): T {
  const database = new Sqlite(path, { readonly: true });
  try {
    return look(database);
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) throw new OperateProblem(`${path} cannot be read: ${error.message}.`);
    throw error;
  } finally {
    database.close();
  }
}
