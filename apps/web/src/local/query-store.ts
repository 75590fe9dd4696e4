import { batch, createSignal } from 'solid-js';

// Not @tanstack/solid-query: of its 11 kB the app needs these 150 lines, and the board's page has a budget.

export type QueryKey = readonly string[];

/** One list of the server as it is known now. `data` stays while a refresh runs or fails. */
export interface QueryState<T> {
  readonly data: T | undefined;
  readonly error: Error | undefined;
  readonly isFetching: boolean;
}

interface Entry {
  read: () => QueryState<unknown>;
  write: (part: Partial<QueryState<unknown>>) => void;
  users: number;
  fetchedAt: number;
  fetcher: (() => Promise<unknown>) | undefined;
  running: Promise<void> | undefined;
  /** Asked for again while one was under way: its answer may be older than the change. */
  isStale: boolean;
}

export interface QueryStore {
  /** Reactive. */
  read<T>(key: QueryKey): QueryState<T>;
  /** Fetches now unless it was fetched a moment ago; keeps it fresh until the returned function is called. */
  use(key: QueryKey, fetcher: () => Promise<unknown>): () => void;
  /** Fetches again what begins with `queryKey` (an empty one is all) and is on screen; resolves when that is done. Failures are in the state. */
  refetchQueries(filter: { queryKey: QueryKey }): Promise<void>;
  /** Forgets what begins with `queryKey`, here and on this device. */
  forget(filter: { queryKey: QueryKey }): void;
  /** All that is known, to be kept on this device. */
  known(): [string, unknown][];
}

export interface QueryStoreOptions {
  readonly kept: readonly (readonly [string, unknown])[];
  /** Whether a failure may pass by itself; it is then tried twice more. */
  readonly isPassing: (error: Error) => boolean;
  readonly changed: () => void;
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<void>;
}

const freshMs = 2000;
const retryAfterMs = [1000, 2000];

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** `next`, with every part that equals the one in `before` being the same object, so that unchanged rows are not drawn anew. */
export function shareEqual(before: unknown, next: unknown): unknown {
  if (Object.is(before, next) || !isPlain(before) || !isPlain(next)) return next;
  if (Array.isArray(before) !== Array.isArray(next)) return next;
  const keys = Object.keys(next);
  const shared: Record<string, unknown> = Array.isArray(next) ? ([] as unknown as Record<string, unknown>) : {};
  let isSame = keys.length === Object.keys(before).length;
  for (const key of keys) {
    shared[key] = shareEqual(before[key], next[key]);
    if (!Object.hasOwn(before, key) || !Object.is(shared[key], before[key])) isSame = false;
  }
  return isSame ? before : shared;
}

export function makeQueryStore(options: QueryStoreOptions): QueryStore {
  const now = options.now ?? Date.now;
  const wait = options.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const entries = new Map<string, Entry>();
  const idOf = (key: QueryKey) => JSON.stringify(key);

  const entryOf = (id: string, data?: unknown): Entry => {
    const known = entries.get(id);
    if (known !== undefined) return known;
    const [read, set] = createSignal<QueryState<unknown>>({ data, error: undefined, isFetching: false });
    const made: Entry = {
      read,
      write: (part) => set((state) => ({ ...state, ...part })),
      users: 0,
      fetchedAt: -Infinity,
      fetcher: undefined,
      running: undefined,
      isStale: false,
    };
    entries.set(id, made);
    return made;
  };
  for (const [id, data] of options.kept) entryOf(id, data);

  const attempt = async (fetcher: () => Promise<unknown>): Promise<unknown> => {
    for (const delayMs of retryAfterMs) {
      try {
        return await fetcher();
      } catch (error) {
        if (!(error instanceof Error) || !options.isPassing(error)) throw error;
        await wait(delayMs);
      }
    }
    return fetcher();
  };

  const run = async (entry: Entry, fetcher: () => Promise<unknown>): Promise<void> => {
    entry.write({ isFetching: true });
    let outcome: Partial<QueryState<unknown>>;
    do {
      entry.isStale = false;
      try {
        const fetched = await attempt(fetcher);
        outcome = { data: shareEqual(entry.read().data, fetched), error: undefined };
      } catch (error) {
        outcome = { error: error instanceof Error ? error : new Error(String(error)) };
      }
    } while (entry.isStale);
    entry.fetchedAt = now();
    entry.running = undefined;
    batch(() => entry.write({ ...outcome, isFetching: false }));
    options.changed();
  };
  const fetchNow = (entry: Entry): Promise<void> => {
    if (entry.fetcher === undefined) return Promise.resolve();
    if (entry.running === undefined) entry.running = run(entry, entry.fetcher);
    else entry.isStale = true;
    return entry.running;
  };

  const below = (queryKey: QueryKey): [string, Entry][] => {
    const prefix = idOf(queryKey).slice(0, -1);
    const isWanted = (id: string) => queryKey.length === 0 || id === `${prefix}]` || id.startsWith(`${prefix},`);
    return [...entries].filter(([id]) => isWanted(id));
  };

  return {
    read: <T>(key: QueryKey) => entryOf(idOf(key)).read() as QueryState<T>,
    use(key, fetcher) {
      const entry = entryOf(idOf(key));
      entry.users += 1;
      entry.fetcher = fetcher;
      if (entry.running === undefined && now() - entry.fetchedAt > freshMs) void fetchNow(entry);
      return () => {
        entry.users -= 1;
      };
    },
    async refetchQueries({ queryKey }) {
      const wanted = below(queryKey);
      // What nobody looks at is fetched when somebody does.
      for (const [, entry] of wanted) if (entry.users === 0) entry.fetchedAt = -Infinity;
      await Promise.all(wanted.filter(([, entry]) => entry.users > 0).map(([, entry]) => fetchNow(entry)));
    },
    forget({ queryKey }) {
      for (const [, entry] of below(queryKey)) {
        entry.fetchedAt = -Infinity;
        entry.write({ data: undefined });
      }
      options.changed();
    },
    known: () =>
      [...entries]
        .map(([id, entry]): [string, unknown] => [id, entry.read().data])
        .filter(([, data]) => data !== undefined && data !== null),
  };
}
