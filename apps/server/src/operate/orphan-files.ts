import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { workspaceIds } from './format.ts';

/** What lies below DATA_DIR and belongs to nothing, and what should lie there and does not; a sentence each. */
export function findOrphans(dataDir: string, control: Database): string[] {
  const known = new Set(control.prepare<[], string>('SELECT id FROM workspaces').pluck().all());
  const present = workspaceIds(dataDir);
  const said: string[] = [];
  for (const id of present)
    if (!known.has(id)) said.push(`workspaces/${id}.sqlite belongs to no workspace that control.sqlite knows.`);
  for (const id of known)
    if (!present.includes(id)) said.push(`The workspace ${id} has no file; it is empty when somebody opens it.`);
  const folder = join(dataDir, 'workspaces');
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (!/\.(sqlite(-wal|-shm)?|files)$/.test(name)) said.push(`workspaces/${name} is none of the product's files.`);
    else if (name.endsWith('.files') && !present.includes(name.slice(0, -'.files'.length)))
      said.push(`workspaces/${name} holds contents of files of a workspace that is not there.`);
  for (const name of readdirSync(dataDir))
    if (name.startsWith('scratch-')) said.push(`${name} was left by something that did not finish; it can be deleted.`);
  return said;
}
