/** Small values that must be there before the network is: who is signed in, the last lists. One IndexedDB store. */
const databaseName = 'rapport-shell';
const storeName = 'values';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB cannot be opened'));
  });
}

async function use<T>(mode: IDBTransactionMode, task: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const request = task(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB transaction aborted'));
    });
  } finally {
    database.close();
  }
}

/** Undefined when nothing is kept, or when this browser keeps nothing (private windows). */
export async function readKept(key: string): Promise<unknown> {
  try {
    return await use<unknown>('readonly', (store) => store.get(key));
  } catch {
    return undefined;
  }
}

let isForgotten = false;

/** False when this browser keeps nothing (the app then only works while connected), or has just forgotten everything. */
export async function keep(key: string, value: unknown): Promise<boolean> {
  if (isForgotten) return false;
  try {
    await use('readwrite', (store) => store.put(value, key));
    return true;
  } catch {
    return false;
  }
}

/** Forgets these, or all that `isGone` says of their keys. */
export async function forgetKept(gone: readonly string[] | ((key: string) => boolean)): Promise<void> {
  if (Array.isArray(gone) && gone.length === 0) return;
  const keys =
    typeof gone === 'function' ? (await use('readonly', (store) => store.getAllKeys())).map(String).filter(gone) : gone;
  for (const key of keys) await use('readwrite', (store) => store.delete(key));
}

/** For sign-out: nothing stays, nor is written until the page is loaded anew. */
export async function forgetAll(): Promise<void> {
  isForgotten = true;
  await use('readwrite', (store) => store.clear());
}
