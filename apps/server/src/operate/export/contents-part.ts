import { createReadStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Entry, ZipWriter } from '@zip.js/zip.js';
import type { Database } from 'better-sqlite3';
import { contentPath, isSha256 } from '../../files/contents.ts';
import { placeContent, WrongContent } from '../../files/copy-contents.ts';
import { OperateProblem } from '../problem.ts';
import { bytesOf } from './pieces.ts';

/** Adds `contents/<sha256>` for everything that files name; what the disk has lost is listed in `contents/missing.txt`. */
export async function addContents(zip: ZipWriter<unknown>, database: Database, folder: string): Promise<void> {
  const named = database
    .prepare<[], { sha256: string; file: string }>(
      'SELECT sha256, min(file_id) AS file FROM file_versions GROUP BY sha256 ORDER BY sha256',
    )
    .all();
  const missing: string[] = [];
  for (const { sha256, file } of named) {
    const path = contentPath(folder, sha256);
    if (existsSync(path))
      await zip.add(
        `contents/${sha256}`,
        { readable: Readable.toWeb(createReadStream(path, { highWaterMark: 2 ** 20 })) as ReadableStream<Uint8Array> },
        // Most of it is packed already.
        { level: 1 },
      );
    else missing.push(`${sha256} of file ${file}\n`);
  }
  if (missing.length > 0) await zip.add('contents/missing.txt', { readable: bytesOf(missing) });
}

/** Takes them in, each proved by its checksum. */
export async function readContents(entries: ReadonlyMap<string, Entry>, folder: string): Promise<void> {
  for (const [name, entry] of entries) {
    const sha256 = /^contents\/([0-9a-f]+)$/.exec(name)?.[1];
    if (sha256 === undefined || !isSha256(sha256) || entry.directory) continue;
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const unpacking = entry.getData(writable, { checkSignature: true });
    // Told through the stream, too.
    unpacking.catch(() => undefined);
    try {
      await placeContent(folder, sha256, Readable.fromWeb(readable as NodeReadableStream<Uint8Array>));
      await unpacking;
    } catch (error) {
      if (error instanceof WrongContent) throw new OperateProblem(`${name}: ${error.message}`);
      throw error;
    }
  }
}
