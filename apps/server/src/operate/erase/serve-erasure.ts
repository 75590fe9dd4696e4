import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { OperateProblem } from '../problem.ts';
import { eraseInFile } from './erase-in-file.ts';
import { placesWith } from './places-with.ts';

export interface ErasureOrder {
  /** The workspace's file; nobody else has it open. */
  readonly path: string;
  readonly workspaceId: string;
  readonly texts: readonly string[];
  readonly records: readonly string[];
}

export type ErasureReport =
  | { readonly problem: string }
  | {
      readonly problem: null;
      readonly documents: number;
      readonly steps: number;
      /** Files of this workspace, below its folder, that still hold one of the texts. */
      readonly remainingIn: readonly string[];
    };

/** The whole of the erasure thread: erases from one file, searches the workspace's files, reports. */
export async function serveErasure(nouns: readonly Noun[]): Promise<void> {
  if (parentPort === null) throw new Error('erasures are made by a worker thread only');
  const { path, workspaceId, texts, records } = workerData as ErasureOrder;
  const report = await erase();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
  parentPort.postMessage(report);

  async function erase(): Promise<ErasureReport> {
    try {
      const { documents, steps, texts: all } = await eraseInFile(path, { texts, records }, { nouns, now: Date.now });
      return {
        problem: null,
        documents: documents.length,
        steps,
        remainingIn: placesWith(dirname(path), all, workspaceId),
      };
    } catch (error) {
      if (error instanceof OperateProblem) return { problem: error.message };
      throw error;
    }
  }
}
