import { createReadStream, existsSync, type ReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';

/** Where the contents of a workspace's files lie: beside its database. */
export const contentsFolder = (dataDir: string, workspaceId: string): string =>
  join(dataDir, 'workspaces', `${workspaceId}.files`);

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Below a contents folder: `aa/bb/<sha256>`, so that no folder gets too many entries. */
export function contentPath(folder: string, sha256: string): string {
  if (!isSha256(sha256)) throw new Error(`no checksum: ${sha256}`);
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

/** Makes what was written into a folder durable: on Linux a new name is, once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** What files hold, kept once for each checksum. */
export interface Contents {
  readonly folder: string;
  /** Moves a whole, synced file of the same disk into its place. */
  put(sha256: string, from: string): Promise<void>;
  /** Bytes; null when it is not there. */
  size(sha256: string): Promise<number | null>;
  /** `start` and `end` inclusive. */
  read(sha256: string, range?: { start: number; end: number }): ReadStream;
  remove(sha256: string): Promise<void>;
  /** Checksums of everything that is there. */
  list(): AsyncGenerator<{ readonly sha256: string; readonly size: number }>;
}

export function makeContents(folder: string): Contents {
  return {
    folder,
    async put(sha256, from) {
      const to = contentPath(folder, sha256);
      if (existsSync(to)) {
        await rm(from, { force: true });
        return;
      }
      makeFolder(dirname(to));
      await rename(from, to);
      for (const path of [dirname(to), dirname(dirname(to)), folder]) await syncFolder(path);
    },
    async size(sha256) {
      const found = await stat(contentPath(folder, sha256)).catch(() => null);
      return found?.size ?? null;
    },
    read: (sha256, range) => createReadStream(contentPath(folder, sha256), range ?? {}),
    remove: (sha256) => rm(contentPath(folder, sha256), { force: true }),
    async *list() {
      for (const path of await readdirOrNone(folder)) {
        if (!/^[0-9a-f]{2}$/.test(path)) continue;
        for (const below of await readdirOrNone(join(folder, path)))
          for (const name of await readdirOrNone(join(folder, path, below))) {
            if (!isSha256(name)) continue;
            const found = await stat(join(folder, path, below, name)).catch(() => null);
            if (found !== null) yield { sha256: name, size: found.size };
          }
      }
    },
  };
}

const readdirOrNone = async (path: string): Promise<string[]> => (existsSync(path) ? (await readdir(path)).sort() : []);
