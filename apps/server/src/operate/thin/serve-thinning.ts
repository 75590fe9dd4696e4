import { parentPort, workerData } from 'node:worker_threads';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { thinFile, type Thinned } from './thin-file.ts';

export interface ThinningOrder {
  readonly path: string;
  /** Epoch ms: older steps are folded. */
  readonly before: number;
  /** How long it may go on beginning documents. */
  readonly budgetMs: number;
}

/** The whole of the thinning thread: one file, for so long. */
export async function serveThinning(nouns: readonly Noun[]): Promise<void> {
  if (parentPort === null) throw new Error('logs are thinned by a worker thread only');
  const { path, before, budgetMs } = workerData as ThinningOrder;
  const report: Thinned = await thinFile(path, { before, nouns, now: Date.now, untilMs: Date.now() + budgetMs });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
  parentPort.postMessage(report);
}
