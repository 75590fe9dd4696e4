import { createHash, type Hash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { placeKinds } from '@rapport/domain/files/file';
import * as v from 'valibot';
import { makeFolder } from '../make-folder.ts';

/** An upload that goes on for days is over: its bytes are given up. */
export const uploadKeptMs = 7 * 86_400_000;

const record = v.object({
  id: v.string(),
  /** Who sends it; nobody else may. */
  by: v.string(),
  name: v.string(),
  place: v.nullable(v.object({ kind: v.picklist(placeKinds), id: v.string() })),
  /** Bytes, as announced. */
  length: v.number(),
  /** The whole's checksum, when the sender announced one. */
  announced: v.nullable(v.string()),
  /** The file that it becomes, or becomes a version of; decided at the start, so that finishing twice does it once. */
  fileId: v.string(),
  versionId: v.string(),
  startedAt: v.number(),
  /** What it turned out to be, once the content lies in its place. */
  sha256: v.nullable(v.string()),
  type: v.nullable(v.string()),
  isDone: v.boolean(),
});
export type Upload = v.InferOutput<typeof record>;

export interface PieceChecksum {
  readonly algorithm: 'sha1' | 'sha256';
  readonly base64: string;
}

export type Written =
  | { readonly ok: true; readonly offset: number }
  | { readonly ok: false; readonly why: 'offset' | 'too-long' | 'checksum' | 'busy'; readonly offset: number };

/** Uploads that are under way, on the disk: they outlive a restart. */
export interface Uploads {
  start(upload: Omit<Upload, 'sha256' | 'type' | 'isDone'>): Promise<Upload>;
  find(id: string): Promise<Upload | null>;
  save(upload: Upload): Promise<void>;
  /** How many bytes are here, durably. */
  offset(upload: Upload): Promise<number>;
  /** Appends what arrives at `offset`. With a checksum (of this piece) all of it counts, or nothing. */
  append(
    upload: Upload,
    offset: number,
    body: AsyncIterable<Uint8Array>,
    checksum: PieceChecksum | null,
  ): Promise<Written>;
  /** Runs `work` unless the upload is being written to; false then. */
  alone<T>(id: string, work: () => Promise<T>): Promise<T | false>;
  /** Of the whole, hexadecimal. */
  checksum(upload: Upload): Promise<string>;
  partPath(id: string): string;
  /** The bytes were there already. */
  dropPart(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Bytes that uploads under way have announced. */
  reserved(): Promise<number>;
  removeExpired(now: number): Promise<void>;
}

interface Running {
  readonly hash: Hash;
  readonly bytes: number;
}

/** So much is heard out after the disk took no more: an answer before the end of a piece would be read as a broken network. */
const mostUnheardBytes = 16 * 2 ** 20;

/** A disk that is nearly full takes a part of what it is given and says so with a number alone. */
async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

export function makeUploads(contentsFolder: string): Uploads {
  const folder = join(contentsFolder, 'uploads');
  const busy = new Set<string>();
  /** Checksums as far as the bytes went; after a restart the bytes are read again. */
  const hashes = new Map<string, Running>();
  const isId = (id: string) => /^[0-9A-Z]{26}$/.test(id);
  const recordPath = (id: string) => join(folder, `${id}.json`);
  const partPath = (id: string) => join(folder, id);

  const save = async (upload: Upload): Promise<void> => {
    const path = recordPath(upload.id);
    try {
      await writeFile(`${path}.new`, JSON.stringify(upload), { mode: 0o600, flush: true });
      await rename(`${path}.new`, path);
    } catch (error) {
      await rm(`${path}.new`, { force: true });
      throw error;
    }
  };
  const find = async (id: string): Promise<Upload | null> => {
    if (!isId(id) || !existsSync(recordPath(id))) return null;
    const read = v.safeParse(record, JSON.parse(await readFile(recordPath(id), 'utf8')));
    return read.success ? read.output : null;
  };
  const sizeOf = async (id: string): Promise<number> => (await stat(partPath(id)).catch(() => null))?.size ?? 0;
  const all = async (): Promise<Upload[]> => {
    const names = existsSync(folder) ? await readdir(folder) : [];
    const found: Upload[] = [];
    for (const name of names) {
      const upload = name.endsWith('.json') ? await find(name.slice(0, -'.json'.length)) : null;
      if (upload !== null) found.push(upload);
    }
    return found;
  };
  const remove = async (id: string): Promise<void> => {
    hashes.delete(id);
    await rm(recordPath(id), { force: true });
    await rm(partPath(id), { force: true });
  };
  const alone: Uploads['alone'] = async (id, work) => {
    if (busy.has(id)) return false;
    busy.add(id);
    try {
      return await work();
    } finally {
      busy.delete(id);
    }
  };

  const write = async (
    upload: Upload,
    offset: number,
    body: AsyncIterable<Uint8Array>,
    checksum: PieceChecksum | null,
  ): Promise<Written> => {
    const start = await sizeOf(upload.id);
    if (start !== offset) return { ok: false, why: 'offset', offset: start };
    const file = await open(partPath(upload.id), 'r+');
    const running = hashes.get(upload.id);
    // Only whole: bytes that are there and were not counted are read again at the end.
    const whole = running?.bytes === start ? running.hash.copy() : start === 0 ? createHash('sha256') : null;
    const piece = checksum === null ? null : createHash(checksum.algorithm);
    let at = start;
    /** The disk took no more. */
    let failure: { readonly error: unknown } | null = null;
    let unheard = 0;
    const backTo = async (size: number): Promise<void> => {
      await file.truncate(size);
      await file.sync();
    };
    try {
      try {
        for await (const bytes of body) {
          if (failure !== null) {
            unheard += bytes.length;
            if (unheard > mostUnheardBytes) break;
            continue;
          }
          if (at + bytes.length > upload.length) {
            await backTo(start);
            return { ok: false, why: 'too-long', offset: start };
          }
          failure = await writeWhole(file, bytes, at).then(
            () => null,
            (error: unknown) => ({ error }),
          );
          if (failure !== null) continue;
          at += bytes.length;
          whole?.update(bytes);
          piece?.update(bytes);
        }
        if (failure !== null) throw failure.error;
      } catch (error) {
        // The sender went away, or the disk is full. What came is kept, unless it was to be proved as one piece.
        if (piece !== null) await backTo(start);
        else {
          await file.sync();
          if (whole !== null) hashes.set(upload.id, { hash: whole, bytes: at });
        }
        throw error;
      }
      if (piece !== null && piece.digest('base64') !== checksum?.base64) {
        await backTo(start);
        return { ok: false, why: 'checksum', offset: start };
      }
      await file.sync();
      if (whole !== null) hashes.set(upload.id, { hash: whole, bytes: at });
      return { ok: true, offset: at };
    } finally {
      await file.close();
    }
  };

  return {
    partPath,
    save,
    find,
    remove,
    alone,
    dropPart: (id) => rm(partPath(id), { force: true }),
    async start(started) {
      makeFolder(folder);
      const upload: Upload = { ...started, sha256: null, type: null, isDone: false };
      try {
        await writeFile(partPath(upload.id), '', { mode: 0o600, flag: 'wx' });
        await save(upload);
      } catch (error) {
        // Nobody was told of it, so nobody would ever give it up.
        await remove(upload.id);
        throw error;
      }
      return upload;
    },
    offset: async (upload) => (upload.sha256 === null ? await sizeOf(upload.id) : upload.length),
    async append(upload, offset, body, checksum) {
      const written = await alone(upload.id, () => write(upload, offset, body, checksum));
      return written === false ? { ok: false, why: 'busy', offset } : written;
    },
    async checksum(upload) {
      const running = hashes.get(upload.id);
      if (running?.bytes === upload.length) return running.hash.copy().digest('hex');
      const hash = createHash('sha256');
      for await (const bytes of createReadStream(partPath(upload.id), { highWaterMark: 2 ** 20 }))
        hash.update(bytes as Buffer);
      return hash.digest('hex');
    },
    async reserved() {
      const open = (await all()).filter((upload) => upload.sha256 === null);
      return open.reduce((sum, upload) => sum + upload.length, 0);
    },
    async removeExpired(now) {
      for (const upload of await all()) {
        const path = existsSync(partPath(upload.id)) ? partPath(upload.id) : recordPath(upload.id);
        const touched = (await stat(path).catch(() => null))?.mtimeMs ?? upload.startedAt;
        if (now - touched > uploadKeptMs && !busy.has(upload.id)) await remove(upload.id);
      }
    },
  };
}
