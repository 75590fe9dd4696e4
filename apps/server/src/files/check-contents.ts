import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { contentPath, makeContents } from './contents.ts';

export interface ContentsReport {
  /** A sentence for each file whose content is missing or damaged: only a backup helps. */
  readonly problems: readonly string[];
  /** Contents that no file names: kept for 30 days, then removed by the server. */
  readonly unnamed: number;
  readonly count: number;
  readonly bytes: number;
}

interface Named {
  readonly sha256: string;
  readonly size: number;
  readonly id: string;
}

/** Reads every content that a workspace's files name, and proves it by its checksum. */
export async function checkContents(databasePath: string, folder: string): Promise<ContentsReport> {
  const named = namedIn(databasePath);
  const problems: string[] = [];
  let [unnamed, count, bytes] = [0, 0, 0];
  const present = new Set<string>();
  for await (const { sha256, size } of makeContents(folder).list()) {
    present.add(sha256);
    count += 1;
    bytes += size;
    const file = named.get(sha256);
    if (file === undefined) unnamed += 1;
    else if ((await checksumOf(contentPath(folder, sha256))) !== sha256)
      problems.push(`The content of file ${file.id} is damaged (${sha256}).`);
  }
  for (const { sha256, id } of named.values())
    if (!present.has(sha256)) problems.push(`The content of file ${id} is missing (${sha256}).`);
  return { problems, unnamed, count, bytes };
}

/** One of the files that name each content. */
function namedIn(databasePath: string): Map<string, Named> {
  const database = new Sqlite(databasePath, { readonly: true, timeout: 5000 });
  try {
    // A file that an earlier version wrote has no such table yet.
    const isThere = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'file_versions'`).get() !== undefined;
    const rows = isThere
      ? database
          .prepare<[], Named>('SELECT sha256, min(size) AS size, min(file_id) AS id FROM file_versions GROUP BY sha256')
          .all()
      : [];
    return new Map(rows.map((row) => [row.sha256, row]));
  } finally {
    database.close();
  }
}

/** The checksum of what lies there; null when nothing does. */
export async function checksumOf(path: string): Promise<string | null> {
  if (!existsSync(path)) return null;
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
