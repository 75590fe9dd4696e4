import { makeOneThread, type OneThread } from './one-thread.ts';
import type { BackupOrder, BackupReport } from './serve-backup.ts';

/** Makes backups off the main thread: copying and proving a large file delays no edit. Rejects when a copy is not sound. */
export type Backups = OneThread<BackupOrder, BackupReport>;

export const makeBackups = (entry: URL): Backups => makeOneThread(entry, 'backup');
