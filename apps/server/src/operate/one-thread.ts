import { Worker } from 'node:worker_threads';

/** Long work on a file, off the main thread, so that it delays no edit. One at a time. */
export interface OneThread<Order, Report> {
  readonly isBusy: boolean;
  /** Rejects when the work fails, or another is under way. */
  make(order: Order): Promise<Report>;
  close(): Promise<void>;
}

/** `entry` is a program that is given the order as `workerData` and posts one report. */
export function makeOneThread<Order, Report>(entry: URL, name: string): OneThread<Order, Report> {
  let worker: Worker | null = null;
  return {
    get isBusy() {
      return worker !== null;
    },
    async make(order) {
      if (worker !== null) throw new Error(`${name} is under way already`);
      const { promise, resolve, reject } = Promise.withResolvers<Report>();
      const started = new Worker(entry, { name: `rapport ${name}`, workerData: order });
      worker = started;
      started.once('message', resolve);
      started.once('error', reject);
      started.once('exit', (code) => reject(new Error(`the thread of ${name} ended with ${code}`)));
      try {
        return await promise;
      } finally {
        await started.terminate();
        worker = null;
      }
    },
    async close() {
      await worker?.terminate();
    },
  };
}
