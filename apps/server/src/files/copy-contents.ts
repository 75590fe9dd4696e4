import { createHash } from 'node:crypto';
import { chmodSync, createReadStream, createWriteStream, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '../make-folder.ts';
import { contentPath, makeContents } from './contents.ts';

/** The contents folder beside a workspace's database, wherever that is. */
export const contentsBeside = (databasePath: string): string => databasePath.replace(/\.sqlite$/, '.files');

/** The bytes that came are not those that were named. Nothing of them was kept. */
export class WrongContent extends Error {
  override readonly name = 'WrongContent';
}

/** Writes one content into a folder, proved by its checksum, synced, and in its place only when it is whole. */
export async function placeContent(folder: string, sha256: string, from: NodeJS.ReadableStream): Promise<number> {
  const to = contentPath(folder, sha256);
  makeFolder(dirname(to));
  const part = `${to}.part`;
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece);
      bytes += piece.length;
      done(null, piece);
    },
  });
  try {
    await pipeline(from, count, createWriteStream(part, { mode: 0o600 }));
    if (hash.digest('hex') !== sha256) throw new WrongContent(`The content ${sha256} is not what it is named.`);
    const file = await open(part, 'r+');
    await file.sync();
    await file.close();
    chmodSync(part, 0o600);
    renameSync(part, to);
    return bytes;
  } finally {
    rmSync(part, { force: true });
  }
}

export interface CopiedContents {
  readonly count: number;
  readonly bytes: number;
  /** Checksums of contents that are damaged where they came from; they were not copied. */
  readonly damaged: readonly string[];
}

/** Copies what is in one contents folder and not yet in another. Both may be missing. */
export async function copyContents(from: string, to: string): Promise<CopiedContents> {
  let [count, bytes] = [0, 0];
  const damaged: string[] = [];
  for await (const { sha256, size } of makeContents(from).list()) {
    const target = contentPath(to, sha256);
    if (existsSync(target) && statSync(target).size === size) continue;
    try {
      bytes += await placeContent(to, sha256, createReadStream(contentPath(from, sha256)));
      count += 1;
    } catch (error) {
      if (!(error instanceof WrongContent)) throw error;
      damaged.push(sha256);
    }
  }
  return { count, bytes, damaged };
}
