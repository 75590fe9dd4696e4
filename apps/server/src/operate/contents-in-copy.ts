import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import Sqlite, { type Database } from 'better-sqlite3';
import { checksumOf } from '../files/check-contents.ts';
import { contentPath, isSha256, makeContents } from '../files/contents.ts';
import { placeContent, WrongContent } from '../files/copy-contents.ts';
import { OperateProblem } from './problem.ts';

/**
 * The contents of a workspace's files within its one-file backup: in pieces, so that neither making nor restoring one
 * holds a file in memory.
 */
const tables = `
  CREATE TABLE backup_contents (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL);
  CREATE TABLE backup_content_pieces (
    sha256 TEXT NOT NULL, piece INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (sha256, piece))`;
const pieceBytes = 1024 * 1024;

/** Checksums and sizes of what lies in a contents folder; listed before the copy is made. */
export async function listContents(folder: string): Promise<{ readonly sha256: string; readonly size: number }[]> {
  const listed: { sha256: string; size: number }[] = [];
  for await (const each of makeContents(folder).list()) listed.push(each);
  return listed;
}

/** Writes contents into a copy, each proved by its checksum; what is damaged or gone is left out. */
export function writeContents(copy: Database, folder: string, sums: Iterable<string>): void {
  copy.exec(tables);
  const note = copy.prepare('INSERT INTO backup_contents (sha256, size) VALUES (?, ?)');
  const keep = copy.prepare('INSERT INTO backup_content_pieces (sha256, piece, bytes) VALUES (?, ?, ?)');
  const one = copy.transaction((sha256: string) => {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(pieceBytes);
    const file = openSync(contentPath(folder, sha256), 'r');
    try {
      let size = 0;
      for (let at = 0; ; at++) {
        const length = readWhole(file, piece);
        if (length === 0) break;
        hash.update(piece.subarray(0, length));
        keep.run(sha256, at, piece.subarray(0, length));
        size += length;
      }
      if (hash.digest('hex') !== sha256) throw new WrongContent(`The content ${sha256} is not what it is named.`);
      note.run(sha256, size);
    } finally {
      closeSync(file);
    }
  });
  for (const sha256 of sums)
    try {
      one(sha256);
    } catch (error) {
      const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isGone && !(error instanceof WrongContent)) throw error;
    }
}

/** Fills a piece as far as the file goes: a read may answer less than it was asked for. */
function readWhole(file: number, piece: Buffer): number {
  let length = 0;
  while (length < piece.length) {
    const read = readSync(file, piece, length, piece.length - length, null);
    if (read === 0) break;
    length += read;
  }
  return length;
}

/** How many of a copy's files name a content that is not in it. */
export function countLacking(path: string): number {
  return withDatabase(path, (copy) =>
    hasContents(copy) && hasTable(copy, 'file_versions')
      ? (copy
          .prepare<[], number>(
            `SELECT count(DISTINCT file_id) FROM file_versions v
             WHERE NOT EXISTS (SELECT 1 FROM backup_contents c WHERE c.sha256 = v.sha256)`,
          )
          .pluck()
          .get() ?? 0)
      : 0,
  );
}

/** Puts the contents that are in a one-file backup into a contents folder; those that are there and whole stay. Answers how many. */
export async function placeContentsOf(path: string, folder: string): Promise<number> {
  const copy = new Sqlite(path, { readonly: true });
  try {
    if (!hasContents(copy)) return 0;
    const sums = copy.prepare<[], unknown>('SELECT sha256 FROM backup_contents ORDER BY sha256').pluck().all();
    const read = copy
      .prepare<[string, number], Buffer>('SELECT bytes FROM backup_content_pieces WHERE sha256 = ? AND piece = ?')
      .pluck();
    const pieces = function* (sha256: string): Generator<Buffer> {
      for (let at = 0; ; at++) {
        const piece: unknown = read.get(sha256, at);
        if (piece === undefined) return;
        if (!Buffer.isBuffer(piece)) throw new WrongContent(`The content ${sha256} is not what it is named.`);
        yield piece;
      }
    };
    let placed = 0;
    for (const sha256 of sums) {
      if (typeof sha256 !== 'string' || !isSha256(sha256))
        throw new OperateProblem(`${path} is damaged: a content has no checksum.`);
      if ((await checksumOf(contentPath(folder, sha256))) === sha256) continue;
      await placeContent(folder, sha256, Readable.from(pieces(sha256)));
      placed += 1;
    }
    return placed;
  } catch (error) {
    if (error instanceof WrongContent) throw new OperateProblem(`${path} is damaged: ${error.message}`);
    throw error;
  } finally {
    copy.close();
  }
}

/** Takes the contents out of a file that is to be used: they lie beside it then. Their room is given back, too. */
export function dropContents(path: string): void {
  const lean = `${path}.lean`;
  rmSync(lean, { force: true });
  const wasDropped = withDatabase(
    path,
    (copy) => {
      if (!hasContents(copy)) return false;
      copy.exec('DROP TABLE backup_contents; DROP TABLE IF EXISTS backup_content_pieces');
      // An empty file that is there is written into, and keeps who may read it.
      closeSync(openSync(lean, 'wx', 0o600));
      copy.prepare('VACUUM INTO ?').run(lean);
      return true;
    },
    { readonly: false },
  );
  if (wasDropped) renameSync(lean, path);
}

const hasTable = (database: Database, name: string): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;
const hasContents = (database: Database): boolean => hasTable(database, 'backup_contents');

function withDatabase<T>(path: string, work: (database: Database) => T, { readonly = true } = {}): T {
  const database = new Sqlite(path, { readonly });
  try {
    return work(database);
  } finally {
    database.close();
  }
}
