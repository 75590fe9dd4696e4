import { makeOneThread, type OneThread } from '../one-thread.ts';
import type { ErasureOrder, ErasureReport } from './serve-erasure.ts';

/** Erases off the main thread: other workspaces go on meanwhile. */
export type Erasures = OneThread<ErasureOrder, ErasureReport>;

export const makeErasures = (entry: URL): Erasures => makeOneThread(entry, 'erasure');
