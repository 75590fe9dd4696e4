import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { contentsBeside } from '../../files/copy-contents.ts';
import { dropSearchIndex } from '../../search/search-index.ts';
import { dropContents, placeContentsOf } from '../contents-in-copy.ts';
import { workspaceFile } from '../format.ts';
import { OperateProblem } from '../problem.ts';
import { aboutBackup, restoreWorkspace } from '../restore.ts';

export interface RestoreOrder {
  /** The file that somebody handed in. Both steps change it. */
  readonly from: string;
  readonly dataDir: string;
  /** Whose backup it must be. */
  readonly workspaceId: string;
  /**
   * `prove` touches nothing that is in use: it puts the contents of files beside those that are there, where they are
   * named by nothing yet. `place` puts the file where the workspace's is, which nobody has open.
   */
  readonly step: 'prove' | 'place';
}

export type RestoreReport =
  | { readonly problem: string }
  | {
      readonly problem: null;
      /** When the backup was made, epoch ms. */
      readonly madeAt: number;
      /** The folder below DATA_DIR with what was there before; null before it is placed. */
      readonly keptIn: string | null;
    };

/** The whole of the restoring thread: one step, one report. */
export async function serveRestore(): Promise<void> {
  if (parentPort === null) throw new Error('backups are restored by a worker thread only');
  const report = await serve(workerData as RestoreOrder);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin.
  parentPort.postMessage(report);
}

async function serve({ from, dataDir, workspaceId, step }: RestoreOrder): Promise<RestoreReport> {
  try {
    const { madeAt, workspace } = aboutBackup(from);
    if (workspace.id !== workspaceId) return { problem: `This is a backup of “${workspace.name}”, another workspace.` };
    if (step === 'prove') {
      takeProgramsOut(from);
      // While everybody works on: gigabytes take their time.
      await placeContentsOf(from, contentsBeside(workspaceFile(dataDir, workspaceId)));
      dropContents(from);
      return { problem: null, madeAt, keptIn: null };
    }
    const { keptIn } = await restoreWorkspace(from, { dataDir, force: true, now: Date.now });
    return { problem: null, madeAt, keptIn: keptIn === null ? null : basename(keptIn) };
  } catch (error) {
    if (error instanceof OperateProblem) return { problem: error.message };
    throw error;
  }
}

/**
 * A file that came over the network could hold more than data: triggers and views are programs. Ours are made anew when
 * the workspace is opened.
 */
function takeProgramsOut(path: string): void {
  const database = new Sqlite(path);
  try {
    database.pragma('trusted_schema = OFF');
    const programs = database
      .prepare<[], { type: string; name: string }>(
        `SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')`,
      )
      .all();
    for (const { type, name } of programs) database.exec(`DROP ${type} "${name.replaceAll('"', '""')}"`);
    dropSearchIndex(database);
  } finally {
    database.close();
  }
}
