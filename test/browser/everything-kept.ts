import type { Page } from 'playwright-core';

/** All that a page’s IndexedDB, localStorage and sessionStorage hold, bytes read as text. */
export function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const text = (value: unknown): unknown =>
      value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value;
    const promised = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    const kept: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await promised(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const rows = await promised(database.transaction(store).objectStore(store).getAll());
        kept.push(JSON.parse(JSON.stringify(rows, (_key, value: unknown) => text(value))));
      }
      database.close();
    }
    return JSON.stringify(kept);
  });
}
