import { Worker } from 'node:worker_threads';
import type { ReadReply, ReadRequest, ReadThreadData } from './read-message.ts';

export interface ReadThread {
  /** Rejects when the job throws, takes too long, or brings the thread down; a new thread serves the next. */
  run(request: ReadRequest): Promise<unknown>;
  close(): Promise<void>;
}

/** How long a job may take, and how much memory. */
export interface Patience {
  readonly ms: number;
  readonly memoryMb: number;
}

/** A job that takes longer is a bug, and everybody behind it waits. */
const quickly: Patience = { ms: 30_000, memoryMb: 256 };
/** For what compares all records with all others, at night. */
export const slowly: Patience = { ms: 600_000, memoryMb: 1024 };
const closePatienceMs = 1_000;

/** A worker thread that runs one read at a time. It starts with the first, so a server without reports goes without it. */
export function makeReadThread(
  entry: URL,
  workerData: ReadThreadData,
  { ms: patienceMs, memoryMb } = quickly,
): ReadThread {
  // Its own bounds, so that a job that fills the memory ends its thread and not the server.
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 16 };
  let worker: Worker | null = null;
  let underWay: PromiseWithResolvers<unknown> | null = null;
  let isClosed = false;

  /** The reply that is waited for, taken: what comes later is for nobody. */
  const take = () => {
    const taken = underWay;
    underWay = null;
    return taken;
  };
  const start = (): Worker => {
    const started = new Worker(entry, { name: 'rapport reads', resourceLimits, workerData });
    const lose = (error: Error) => {
      if (worker !== started) return;
      worker = null;
      take()?.reject(error);
    };
    started.on('message', (reply: ReadReply) => {
      if (worker !== started) return;
      if (reply.ok) take()?.resolve(reply.outcome);
      else take()?.reject(Object.assign(new Error(reply.error.message), reply.error));
    });
    started.on('error', lose);
    started.on('exit', (code) => lose(new Error(`the read thread ended with ${code}`)));
    return started;
  };

  return {
    async run(request) {
      if (isClosed) throw new Error('the read thread is closed');
      if (underWay !== null) throw new Error('the read thread runs one read at a time');
      const current = Promise.withResolvers<unknown>();
      underWay = current;
      const timer = setTimeout(() => {
        const stuck = worker;
        worker = null;
        take()?.reject(new Error(`a read took longer than ${patienceMs} ms: ${request.job}`));
        void stuck?.terminate();
      }, patienceMs);
      try {
        worker ??= start();
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
        worker.postMessage(request);
        return await current.promise;
      } finally {
        clearTimeout(timer);
        if (underWay === current) underWay = null;
      }
    },
    async close() {
      isClosed = true;
      if (worker === null) return;
      // SQLite ends a statement before the thread can end, and edits are waiting to be made durable after this.
      const elapsed = Promise.withResolvers<void>();
      const timer = setTimeout(elapsed.resolve, closePatienceMs);
      await Promise.race([worker.terminate(), elapsed.promise]);
      clearTimeout(timer);
    },
  };
}
