import { contentsFolder, makeContents, type Contents } from './contents.ts';
import { makeUploads, type Uploads } from './uploads.ts';

/** The bytes of one workspace's files. */
export interface WorkspaceFiles {
  readonly contents: Contents;
  readonly uploads: Uploads;
  /** Bytes on the disk and announced by uploads under way: what the quota counts. */
  used(): Promise<number>;
  /** Contents came or went. */
  forgetUsed(): void;
  /** One after the other: a content must not be given up between its arrival and the file that names it. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** The files of every workspace, opened when first asked for; nothing is held open. */
export type FileStores = (workspaceId: string) => WorkspaceFiles;

export function makeFileStores(dataDir: string): FileStores {
  const stores = new Map<string, WorkspaceFiles>();
  return (workspaceId) => {
    const known = stores.get(workspaceId);
    if (known !== undefined) return known;
    const folder = contentsFolder(dataDir, workspaceId);
    const contents = makeContents(folder);
    const uploads = makeUploads(folder);
    let stored: number | null = null;
    let last: Promise<unknown> = Promise.resolve();
    const made: WorkspaceFiles = {
      contents,
      uploads,
      async used() {
        if (stored === null) {
          let sum = 0;
          for await (const { size } of contents.list()) sum += size;
          stored = sum;
        }
        return stored + (await uploads.reserved());
      },
      forgetUsed: () => void (stored = null),
      inTurn(work) {
        const done = last.then(work, work);
        last = done.catch(() => undefined);
        return done;
      },
    };
    stores.set(workspaceId, made);
    return made;
  };
}
