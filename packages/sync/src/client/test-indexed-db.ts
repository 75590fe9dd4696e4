import { IDBFactory as MemoryFactory } from 'fake-indexeddb';

/** A browser's storage in memory, for tests: the same one is the same device. */
export function makeTestIndexedDb(): IDBFactory {
  return new MemoryFactory();
}
