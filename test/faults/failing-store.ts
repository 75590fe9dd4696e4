import type { Store } from '@rapport/sync/server/ports';

/** A store that fails or waits as told, in front of a real one. */
export interface FailingStore extends Store {
  /** What the next commits fail with, first to last; null lets one through. */
  failures: (Error | null)[];
  /** Awaited before every commit and snapshot: a slow disk. */
  wait: () => Promise<void>;
  commits: number;
}

export function failing(inner: Store): FailingStore {
  const store: FailingStore = {
    failures: [],
    wait: async () => {},
    commits: 0,
    async commit(commit) {
      await store.wait();
      const failure = store.failures.shift();
      if (failure) throw failure;
      store.commits++;
      await inner.commit(commit);
    },
    exists: (doc) => inner.exists(doc),
    load: (doc) => inner.load(doc),
    async saveSnapshot(doc, seq, state) {
      await store.wait();
      await inner.saveSnapshot(doc, seq, state);
    },
    lastSeq: () => inner.lastSeq(),
    epoch: () => inner.epoch(),
    readLog: (options) => inner.readLog(options),
    probe: () => inner.probe(),
    close: () => inner.close(),
  };
  return store;
}

/** An error as SQLite gives it. */
export function sqliteError(code: string): Error {
  return Object.assign(new Error(code.toLowerCase().replaceAll('_', ' ')), { code });
}
