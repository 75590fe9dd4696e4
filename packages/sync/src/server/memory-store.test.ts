import { MemoryStore } from './memory-store.ts';
import type { Store } from './ports.ts';
import { describeStore } from './store-contract.ts';

function memory(store: Store): MemoryStore {
  if (store instanceof MemoryStore) return store;
  throw new Error('not a memory store');
}

describeStore('memory', {
  open: async () => new MemoryStore(),
  reopen: null,
  rows: (store, table) => [...(memory(store).tables.get(table)?.values() ?? [])],
  breakWrites: (store) => {
    memory(store).failure = new Error('broken for a test');
    return () => (memory(store).failure = null);
  },
});
