import { Worker } from 'node:worker_threads';
import type { DocName } from '../../shared/wire.ts';

/** What the thread is asked; it answers in order. */
export type StoreOrder =
  | { readonly ask: 'checkpoint'; readonly path: string }
  | { readonly ask: 'state'; readonly path: string; readonly doc: DocName; readonly seq: number };

export type StoreReply =
  | { readonly id: number; readonly answer: Uint8Array | number }
  | { readonly id: number; readonly problem: string };

/** Work on workspace files that must not keep the main thread from people's edits. */
export interface StoreThread {
  /**
   * Copies the write-ahead log into the file while others read and write; what they write meanwhile may stay in the log.
   * Resolves with the pages that the log has, copied or not.
   */
  checkpoint(path: string): Promise<number>;
  /** The document's V2 state after its log entry `seq`, made from what is stored and proven. Rejects when it cannot be. */
  provenState(path: string, doc: DocName, seq: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Then its memory (up to 70 MB) is worth more than the 30 ms that another start takes. */
const idleMs = 500;
/** What it makes is short-lived and little at a time; without a bound the thread would take 20 MB more. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/** One thread for all files; it runs `entry` and is there only while it has something to do. */
export function makeStoreThread(entry: URL): StoreThread {
  const open = new Map<number, PromiseWithResolvers<Uint8Array | number>>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let isClosed = false;
  let last = 0;

  const lose = (lost: Worker, error: Error): void => {
    if (worker !== lost) return;
    worker = null;
    for (const each of open.values()) each.reject(error);
    open.clear();
  };
  const start = (): Worker => {
    const started = new Worker(entry, { name: 'rapport store', resourceLimits });
    started.on('message', (reply: StoreReply) => {
      const asked = open.get(reply.id);
      open.delete(reply.id);
      if ('problem' in reply) asked?.reject(new Error(reply.problem));
      else asked?.resolve(reply.answer);
      if (open.size > 0) return;
      // Only who is waited for keeps the process from ending.
      started.unref();
      idle = setTimeout(() => void end(), idleMs).unref();
    });
    started.on('error', (error) => lose(started, error));
    started.on('exit', (code) => lose(started, new Error(`the store thread ended with ${String(code)}`)));
    return started;
  };
  const end = async (): Promise<void> => {
    const ended = worker;
    if (ended === null) return;
    lose(ended, new Error('the store thread is closed'));
    await ended.terminate();
  };
  const ask = (order: StoreOrder): Promise<Uint8Array | number> => {
    if (isClosed) return Promise.reject(new Error('the store thread is closed'));
    if (idle !== null) clearTimeout(idle);
    worker ??= start();
    worker.ref();
    const asked = Promise.withResolvers<Uint8Array | number>();
    const id = ++last;
    open.set(id, asked);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
    worker.postMessage({ id, order });
    return asked.promise;
  };

  const otherwise = (): never => {
    throw new Error('the store thread answered something else');
  };
  return {
    async checkpoint(path) {
      const pages = await ask({ ask: 'checkpoint', path });
      return typeof pages === 'number' ? pages : otherwise();
    },
    async provenState(path, doc, seq) {
      const state = await ask({ ask: 'state', path, doc, seq });
      return typeof state === 'number' ? otherwise() : state;
    },
    async close() {
      isClosed = true;
      if (idle !== null) clearTimeout(idle);
      await end();
    },
  };
}
