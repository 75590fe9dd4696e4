import { applyPatch } from '@rapport/doc/patch';
import type { AttendedWorkspace, NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { openFile } from './file-thread.node.ts';
import { withMade, type KeptAbout } from './kept-upload.node.ts';
import { readSetting } from './read-setting.node.ts';
import { batchesPerPart, importDoc, importOf, partDoc, recordPatch, type ImportRecord } from './record.ts';
import { addRowsOf, type RowsDone } from './rows-done.ts';
import { attendImports, goOn, pause, releaseImport } from './run.node.ts';
import type { ImportTarget } from './session.node.ts';

const author = { actor: 'server', via: 'server' } as const;

const left = ({ status, done, planned }: ImportRecord): string =>
  status === 'undoing'
    ? 'The server stopped while this import was taken back. Undo it again to finish.'
    : `The server stopped while this import ran. ${done} of ${planned} rows are in. Undo takes them back.`;

/**
 * Looks after what a stop of the server cut off: an import whose file was kept goes on from where it stood, as the
 * person who began it and as far as they still may; all else says so, with what is in.
 */
export async function resumeImports(
  workspace: AttendedWorkspace,
  deps: NounDeps,
  targets: readonly ImportTarget[],
): Promise<void> {
  const { hub, query } = workspace;
  const cutOff = query.all<{ id: string }>(`SELECT id FROM imports WHERE status IN ('running', 'undoing') ORDER BY id`);
  attendImports(
    workspace.id,
    cutOff.map(({ id }) => id),
  );
  await deps.keptUploads?.dropOthers(
    workspace.id,
    cutOff.map(({ id }) => id),
  );
  for (const { id } of cutOff) {
    const record = await hub.read(importDoc(id), importOf);
    try {
      if (record.status === 'running' && (await resume(workspace, deps, targets, id, record))) continue;
    } catch (error) {
      deps.warn({ importId: id, error: error instanceof Error ? error.stack : String(error) }, 'import not resumed');
    }
    await hub.transact(importDoc(id), author, (doc) => {
      const message = left(importOf(doc));
      applyPatch(doc, recordPatch({ status: 'interrupted', message, finishedAt: deps.now() }));
    });
    await deps.keptUploads?.drop(workspace.id, id);
    releaseImport(workspace.id, id);
  }
}

/** Answers whether it runs again. */
async function resume(
  workspace: AttendedWorkspace,
  deps: NounDeps,
  targets: readonly ImportTarget[],
  id: string,
  record: ImportRecord,
): Promise<boolean> {
  const target = targets.find(({ noun, resumes }) => noun === record.noun && resumes === true);
  const kept = await deps.keptUploads?.find(workspace.id, id);
  if (!target || !kept) return false;
  const ws = await workspace.as(record.by, kept.about.role);
  return ws !== null && (await goOnWith(ws, deps, target, id, record, kept));
}

async function goOnWith(
  ws: WorkspaceContext,
  deps: NounDeps,
  target: ImportTarget,
  id: string,
  record: ImportRecord,
  { bytes, about }: { bytes: Uint8Array<ArrayBuffer>; about: KeptAbout },
): Promise<boolean> {
  const session = await target.open(ws, deps, about.board === '' ? undefined : about.board);
  if (!session || session.place.id !== record.board || ws.accessTo(session.place.id) !== 'edit') return false;
  const options = withMade(about, session.fields);
  const opened = await openFile(bytes, readSetting(session, options), deps.fileWorker);
  if (!opened.ok) return false;
  const file = opened.value;
  try {
    const plan = await session.plan(file, about.name, options, pause, await rowsDone(ws, id, record));
    void goOn(ws, deps, plan, id, record).finally(() => file.close());
    return true;
  } catch (error) {
    file.close();
    throw error;
  }
}

async function rowsDone(ws: WorkspaceContext, id: string, { batches }: ImportRecord): Promise<RowsDone> {
  const done = new Map<number, string>();
  for (let part = 0; part * batchesPerPart < batches; part++)
    await ws.hub.read(partDoc(id, part), (doc) => addRowsOf(doc, done));
  return done;
}
