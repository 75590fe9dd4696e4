import { uploadsDatabase, uploadsFlag } from './uploads-database.ts';

/** An upload as this device remembers it, so that it goes on after the page was closed. */
export interface KeptUpload {
  readonly id: string;
  readonly workspaceId: string;
  readonly memberId: string;
  readonly name: string;
  readonly size: number;
  /** Of the file on this device, epoch ms: with name and size it tells whether it is the same. */
  readonly lastModified: number;
  readonly place: string | null;
  readonly fileId: string | null;
  readonly url: string | null;
  /** Null: too large to be kept twice on this device; it goes on when the person chooses it again. */
  readonly content: Blob | null;
}

const store = 'uploads';
const largestKeptBytes = 256 * 2 ** 20;

export interface KeptUploads {
  all(): Promise<KeptUpload[]>;
  put(upload: KeptUpload): Promise<void>;
  remove(id: string): Promise<void>;
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the database of this device failed'));
  });

async function within<T>(mode: IDBTransactionMode, work: (uploads: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(uploadsDatabase, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath: 'id' });
  const database = await settled(opening);
  try {
    return await settled(work(database.transaction(store, mode).objectStore(store)));
  } finally {
    database.close();
  }
}

/** Null contents are those that were too large. A device that keeps nothing (private windows) fails quietly. */
export const keptUploads: KeptUploads = {
  all: () => within<KeptUpload[]>('readonly', (uploads) => uploads.getAll() as IDBRequest<KeptUpload[]>),
  async put(upload) {
    const content = upload.size <= largestKeptBytes ? upload.content : null;
    await within('readwrite', (uploads) => uploads.put({ ...upload, content }));
    localStorage.setItem(uploadsFlag, '1');
  },
  async remove(id) {
    await within('readwrite', (uploads) => uploads.delete(id));
    if ((await keptUploads.all()).length === 0) localStorage.removeItem(uploadsFlag);
  },
};
