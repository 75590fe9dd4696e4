import { rmSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { backUpWorkspace } from './backup.ts';
import { countLacking } from './contents-in-copy.ts';
import { examine } from './doctor.ts';

export interface BackupOrder {
  readonly dataDir: string;
  readonly workspaceId: string;
  /** The new file's path. */
  readonly to: string;
  /** Epoch ms. */
  readonly at: number;
  readonly version: string;
}

export interface BackupReport {
  readonly bytes: number;
  /** Sentences; the copy is what the workspace's file is, so these are of both. */
  readonly problems: readonly string[];
  /** Files whose content is missing or damaged on the disk, and so is not in the copy. */
  readonly lacking: number;
}

/** The whole of the backup thread: makes one copy, examines it, reports. */
export async function serveBackup(nouns: readonly Noun[]): Promise<void> {
  if (parentPort === null) throw new Error('backups are made by a worker thread only');
  const { dataDir, workspaceId, to, at, version } = workerData as BackupOrder;
  try {
    const { bytes } = await backUpWorkspace(dataDir, workspaceId, to, { at, version }, { withContents: true });
    const { findings } = await examine(to, nouns);
    const report: BackupReport = { bytes, problems: findings.map(({ problem }) => problem), lacking: countLacking(to) };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
    parentPort.postMessage(report);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}
