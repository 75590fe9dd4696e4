import { makeOneThread, type OneThread } from '../one-thread.ts';
import type { RestoreOrder, RestoreReport } from './serve-restore.ts';

/** Proves and places backups that administrators hand in, off the main thread. */
export type Restores = OneThread<RestoreOrder, RestoreReport>;

export const makeRestores = (entry: URL): Restores => makeOneThread(entry, 'restoring');
