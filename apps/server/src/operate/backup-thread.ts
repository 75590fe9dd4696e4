import { Worker } from 'node:worker_threads';
import type { BackupOrder, BackupReport } from './serve-backup.ts';

/** Makes backups off the main thread, so that copying and proving a large file delays no edit. One at a time. */
export interface Backups {
  readonly isBusy: boolean;
  /** Rejects when the copy cannot be made or is not sound; nothing is left then. */
  make(order: BackupOrder): Promise<BackupReport>;
  close(): Promise<void>;
}

export function makeBackups(entry: URL): Backups {
  let worker: Worker | null = null;
  return {
    get isBusy() {
      return worker !== null;
    },
    async make(order) {
      if (worker !== null) throw new Error('a backup is being made already');
      const { promise, resolve, reject } = Promise.withResolvers<BackupReport>();
      const started = new Worker(entry, { name: 'rapport backup', workerData: order });
      worker = started;
      started.once('message', resolve);
      started.once('error', reject);
      started.once('exit', (code) => reject(new Error(`the backup thread ended with ${code}`)));
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
