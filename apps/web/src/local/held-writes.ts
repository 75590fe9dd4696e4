import type { Json } from '@rapport/doc/json';
import type { HeldWrite } from '@rapport/domain/held-writes';
import { ApiFailure, sentenceOf } from '../api/request.ts';

/** Where writes are kept, under one key. */
export interface HeldStore {
  read(): Promise<unknown>;
  /** False when this browser keeps nothing. */
  write(value: readonly HeldWrite[]): Promise<boolean>;
}

const tryAgainMs = 5_000;
const told = 'The server could not do it, and tries no more.';

/** Whether the server has not decided: no answer, signed out, too many at once, it cannot write now. */
const isUndecided = ({ status, code }: ApiFailure): boolean =>
  code === 'unreachable' || status === 401 || status === 429 || status > 500;

interface Settled {
  readonly reply: unknown;
  readonly failure?: unknown;
}

/**
 * Writes that are kept until they are answered: each is on this device before it is sent, and they are sent one after
 * another in their order. Two pages may send the same one: by its key the server does it once. `refusedIn` reads a reply
 * for what of the write was not done.
 */
export function makeHeldWrites(deps: {
  store: HeldStore;
  send: (write: HeldWrite) => Promise<unknown>;
  refusedIn: (write: HeldWrite, reply: unknown) => string | null;
  /** Runs the task while no other page of this browser changes what is kept. */
  alone: <T>(task: () => Promise<T>) => Promise<T>;
  newId: () => string;
  now: () => number;
  /** Told what waits or was refused now, and whether this browser keeps it. */
  changed: (list: readonly HeldWrite[], isKept: boolean) => void;
}) {
  const { store, send, refusedIn, alone, newId, now, changed } = deps;
  let list: readonly HeldWrite[] = [];
  let isKept = true;
  const replies = new Map<string, unknown>();
  const waiters = new Map<string, (settled: Settled | null) => void>();
  let isEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const read = async (): Promise<HeldWrite[]> => {
    const kept = await store.read();
    return Array.isArray(kept) ? (kept as HeldWrite[]) : [];
  };
  /** Another page of this browser may have written meanwhile: what is kept is changed, not replaced. */
  const change = (how: (before: readonly HeldWrite[]) => readonly HeldWrite[]): Promise<void> =>
    alone(async () => {
      list = isKept ? how(await read()) : how(list);
      isKept = await store.write(list);
      changed(list, isKept);
    });
  const patch = (id: string, to: Partial<HeldWrite>) =>
    change((before) => before.map((each) => (each.id === id ? { ...each, ...to } : each)));
  const remove = (id: string) => change((before) => before.filter((each) => each.id !== id));

  const settle = (id: string, settled: Settled | null) => {
    waiters.get(id)?.(settled);
    waiters.delete(id);
  };
  /** Sends one; false when it waits on. */
  const sendOne = async (write: HeldWrite): Promise<boolean> => {
    try {
      const reply = await send(write);
      const isAwaited = waiters.has(write.id);
      const reason = isAwaited ? null : refusedIn(write, reply);
      replies.set(write.id, reply);
      if (reason === null) await remove(write.id);
      else await patch(write.id, { state: 'refused', reason });
      settle(write.id, { reply });
      return true;
    } catch (error) {
      if (error instanceof ApiFailure && isUndecided(error)) {
        await change((before) =>
          before.map((each) => (each.state === 'sending' ? { ...each, state: 'waiting' } : each)),
        );
        return false;
      }
      // Whoever waits for it tells the person; nobody else would.
      if (waiters.has(write.id)) await remove(write.id);
      else await patch(write.id, { state: 'refused', reason: error instanceof ApiFailure ? sentenceOf(error) : told });
      settle(write.id, { reply: undefined, failure: error });
      return true;
    }
  };
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const run = async () => {
    do {
      isAskedAgain = false;
      for (;;) {
        const next = list.find(({ state }) => state !== 'refused');
        if (next === undefined || isEnded) break;
        if (await sendOne(next)) continue;
        for (const id of waiters.keys()) settle(id, null);
        clearTimeout(timer);
        if (!isEnded) timer = setTimeout(flush, tryAgainMs);
        return;
      }
    } while (isAskedAgain);
  };
  const flush = () => {
    isAskedAgain = true;
    running ??= run().finally(() => (running = undefined));
  };

  return {
    async send<T>(path: string, body: Json, text: string): Promise<{ readonly id: string; readonly reply: T | null }> {
      const id = newId();
      const write: HeldWrite = { id, path, body, at: now(), text, state: 'sending', reason: null };
      const outcome = new Promise<Settled | null>((resolve) => waiters.set(id, resolve));
      await change((before) => [...before, write]);
      flush();
      const settled = await outcome;
      if (settled?.failure !== undefined) throw settled.failure;
      return { id, reply: settled === null ? null : (settled.reply as T) };
    },
    async drop(id: string): Promise<boolean> {
      const found = list.find((each) => each.id === id);
      if (found === undefined || found.state === 'sending') return false;
      await remove(id);
      return true;
    },
    replyOf: (id: string): unknown => replies.get(id),
    /** Reads what an earlier page left, and sends it. */
    async start() {
      list = await read();
      changed(list, isKept);
      if (list.length > 0) flush();
    },
    /** There may be a connection again. */
    flush: () => {
      if (list.some(({ state }) => state !== 'refused')) flush();
    },
    end() {
      isEnded = true;
      clearTimeout(timer);
    },
  };
}
