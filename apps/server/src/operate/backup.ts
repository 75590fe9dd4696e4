import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { contentsBeside, copyContents } from '../files/copy-contents.ts';
import { makeFolder } from '../make-folder.ts';
import { aboutWorkspace, writeAbout } from './about-copy.ts';
import { listContents, writeContents } from './contents-in-copy.ts';
import { copyDatabase } from './copy-database.ts';
import { refuseNewerFolder, workspaceFile, workspaceIds } from './format.ts';
import { OperateProblem } from './problem.ts';

export interface CopiedFile {
  readonly path: string;
  readonly bytes: number;
}

/** Beside the databases: without the secret everybody would have to sign in again. */
export const smallFiles = ['secret', 'demo-sign-in.json'] as const;

interface Made {
  readonly at: number;
  readonly version: string;
}

/**
 * Copies everything of a data folder, used or not, into `to`, which must be new or empty of backups: `control.sqlite`,
 * `workspaces/<id>.sqlite`, the contents of files in `workspaces/<id>.files`, the secret. Each database is whole by itself.
 */
export async function backUpAll(dataDir: string, to: string, made: Made): Promise<CopiedFile[]> {
  const controlPath = join(dataDir, 'control.sqlite');
  if (!existsSync(controlPath)) throw new OperateProblem(`There is no control.sqlite in ${dataDir}.`);
  refuseNewerFolder(dataDir);
  if (existsSync(join(to, 'control.sqlite')) || existsSync(join(to, 'workspaces')))
    throw new OperateProblem(`${to} holds a backup already; choose a new folder.`);
  makeFolder(join(to, 'workspaces'));
  const copied: CopiedFile[] = [];
  const control = new Sqlite(controlPath, { readonly: true, timeout: 5000 });
  try {
    const done = new Set<string>();
    const copyWorkspaces = async (database: Database) => {
      for (const id of workspaceIds(dataDir)) {
        if (done.has(id)) continue;
        done.add(id);
        const path = workspaceFile(to, id);
        copied.push({ path, bytes: await copyWorkspaceOf(database, { dataDir, id, to: path, made }) });
        // After the database: what it names was there before it did.
        await copyContents(contentsBeside(workspaceFile(dataDir, id)), contentsBeside(path));
      }
    };
    await copyWorkspaces(control);
    // Accounts last, so that everybody whom a workspace names is in them; then what was made meanwhile.
    const path = join(to, 'control.sqlite');
    copied.push({ path, bytes: await copyDatabase(controlPath, path) });
    await copyWorkspaces(control);
  } finally {
    control.close();
  }
  for (const name of smallFiles) if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(to, name));
  return copied;
}

/**
 * Copies one workspace into the file `to`, with what another installation needs to take it in; and, if they are to be in
 * the same file, the contents of its files.
 */
export async function backUpWorkspace(
  dataDir: string,
  id: string,
  to: string,
  made: Made,
  { withContents = false }: { withContents?: boolean } = {},
): Promise<CopiedFile> {
  if (!workspaceIds(dataDir).includes(id)) throw new OperateProblem(`There is no workspace ${id} in ${dataDir}.`);
  if (existsSync(to)) throw new OperateProblem(`${to} is there already.`);
  refuseNewerFolder(dataDir);
  const control = new Sqlite(join(dataDir, 'control.sqlite'), { readonly: true, timeout: 5000 });
  try {
    return { path: to, bytes: await copyWorkspaceOf(control, { dataDir, id, to, made, withContents }) };
  } finally {
    control.close();
  }
}

async function copyWorkspaceOf(
  control: Database,
  {
    dataDir,
    id,
    to,
    made,
    withContents = false,
  }: { dataDir: string; id: string; to: string; made: Made; withContents?: boolean },
): Promise<number> {
  const about = aboutWorkspace(control, id, made);
  const from = workspaceFile(dataDir, id);
  const folder = contentsBeside(from);
  // What the copy will name is there before it does; what comes meanwhile and is not named costs only room.
  const listed = new Set(withContents ? (await listContents(folder)).map(({ sha256 }) => sha256) : []);
  return await copyDatabase(from, to, (copy) => {
    if (about !== null) writeAbout(copy, about);
    if (withContents) writeContents(copy, folder, new Set([...listed, ...namedContents(copy)]));
  });
}

/** Checksums that a copy's files name. */
function namedContents(copy: Database): string[] {
  const isThere = copy.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'file_versions'`).get() !== undefined;
  return isThere ? copy.prepare<[], string>('SELECT DISTINCT sha256 FROM file_versions').pluck().all() : [];
}

/** A folder of this process's own below DATA_DIR, so that copies stay on the disk that has room for them. */
export function makeScratch(dataDir: string): { path: string; remove: () => void } {
  const path = mkdtempSync(join(dataDir, 'scratch-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
