import type { Store } from '@rapport/sync/server/ports';

/** How long commits took lately, of one workspace. */
export interface CommitTimes {
  /** Since the start. */
  readonly count: number;
  /** Milliseconds, of the last thousand commits; null before the first. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly slowestMs: number | null;
}

const mostKept = 1000;

/** Keeps the durations of each file's last commits. `onCommit` hears of every one. */
export function makeCommitTimes(onCommit: (ms: number) => void = () => undefined) {
  const byPath = new Map<string, { count: number; readonly lately: number[] }>();
  return {
    add(path: string, ms: number): void {
      let times = byPath.get(path);
      if (times === undefined) byPath.set(path, (times = { count: 0, lately: [] }));
      times.lately[times.count % mostKept] = ms;
      times.count += 1;
      onCommit(ms);
    },
    of(path: string): CommitTimes {
      const { count, lately } = byPath.get(path) ?? { count: 0, lately: [] };
      const sorted = lately.toSorted((a, b) => a - b);
      const at = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? null;
      return { count, p50Ms: at(0.5), p99Ms: at(0.99), slowestMs: at(1) };
    },
  };
}

export type AllCommitTimes = ReturnType<typeof makeCommitTimes>;

/** The same store, with the time of each commit told, also of one that fails. */
export function timed(store: Store, tell: (ms: number) => void): Store {
  return {
    ...store,
    async commit(commit) {
      const startMs = performance.now();
      try {
        await store.commit(commit);
      } finally {
        tell(performance.now() - startMs);
      }
    },
  };
}
