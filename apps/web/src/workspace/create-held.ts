import type { HeldWrite, HeldWrites } from '@rapport/domain/held-writes';
import { createSignal, onCleanup } from 'solid-js';
import { request } from '../api/request.ts';
import { keep, readKept } from '../local/kept-values.ts';

/** Without it, on pages that are not served safely, two tabs at once may write down less than both have. */
const alone = <T>(name: string, task: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request(name, task) : task();

/** Writes of this person that outlive a lost connection. What does the work is fetched when there is any. */
export function createHeld(options: { key: string; base: string; newId: () => string }): {
  held: HeldWrites;
  /** Reactive: whether what waits outlives this page. */
  isKept: () => boolean;
  /** There may be a connection again. */
  retry: () => void;
} {
  const { key, base, newId } = options;
  const [list, setList] = createSignal<readonly HeldWrite[]>([]);
  const [isKept, setKept] = createSignal(true);
  const fetchOutbox = async () => {
    const [{ makeHeldWrites }, { refusedInEdits }] = await Promise.all([
      import('../local/held-writes.ts'),
      import('@rapport/domain/tables/edit-reply'),
    ]);
    const made = makeHeldWrites({
      store: { read: () => readKept(key), write: (value) => keep(key, value) },
      send: ({ path, body, id }) => request('POST', `${base}${path}`, body, id),
      refusedIn: ({ body }, reply) => refusedInEdits(body, reply),
      alone: (task) => alone(key, task),
      newId,
      now: Date.now,
      changed(now, isSafe) {
        setList(now);
        setKept(isSafe);
      },
    });
    await made.start();
    return made;
  };
  let outbox: ReturnType<typeof fetchOutbox> | undefined;
  /** A fetch that failed is tried again by the next one who needs it. */
  const open = (): ReturnType<typeof fetchOutbox> => {
    outbox ??= fetchOutbox().catch((error: unknown) => {
      outbox = undefined;
      throw error;
    });
    return outbox;
  };
  let replies: ((id: string) => unknown) | undefined;
  const retry = () => void outbox?.then(({ flush }) => flush()).catch(() => undefined);
  addEventListener('online', retry);
  onCleanup(() => {
    removeEventListener('online', retry);
    void outbox?.then(({ end }) => end()).catch(() => undefined);
  });
  // What an earlier page left.
  void readKept(key)
    .then((kept) => (Array.isArray(kept) && kept.length > 0 ? open() : undefined))
    .catch(() => undefined);
  return {
    isKept,
    retry,
    held: {
      list,
      async send(path, body, text) {
        const writes = await open();
        replies = writes.replyOf;
        return writes.send(path, body, text);
      },
      drop: async (id) => (await open()).drop(id),
      replyOf: (id) => replies?.(id),
    },
  };
}
