import { openOfflineStore, type OfflineStore } from '@rapport/sync/client/offline-store';

const openLimitMs = 3000;
const databasePrefix = 'rapport-docs-';

/** The documents that this browser keeps for a person. Undefined when it keeps nothing (private windows). */
export async function openKeptDocuments(userId: string): Promise<OfflineStore | undefined> {
  const opening = openOfflineStore({ name: `${databasePrefix}${userId}` }).catch(() => undefined);
  // Some browsers' IndexedDB hangs for good; the app must open all the same.
  return Promise.race([opening, new Promise<undefined>((resolve) => setTimeout(resolve, openLimitMs, undefined))]);
}

/** Deletes kept documents of every person who used this browser. */
export async function deleteAllKeptDocuments(): Promise<void> {
  const known = await indexedDB.databases();
  await Promise.all(
    known
      .map(({ name }) => name)
      .filter((name) => name?.startsWith(databasePrefix) === true)
      .map((name) => deleteDatabase(name ?? '')),
  );
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    // Blocked: another tab has it open; the browser deletes it when that tab lets go.
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}
