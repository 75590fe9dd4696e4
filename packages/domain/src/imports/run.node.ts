import { applyPatch } from '@rapport/doc/patch';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { batchesPerPart, errorsKept, importDoc, importOf, partDoc, recordPatch, type ImportRecord } from './record.ts';
import type * as Y from 'yjs';
import { alikeKept } from './alike.ts';
import { batchPatch } from './batch-record.ts';
import type { ImportPlan } from './session.node.ts';

/** Imports under way in this process: a record that says `running` and is not here was cut off by a stop. */
const underWay = new Set<string>();
export const isUnderWay = (workspaceId: string, id: string): boolean => underWay.has(`${workspaceId} ${id}`);

/** Holds an import while `work` changes what it wrote, so that nobody else does. */
export async function holdImport<T>(workspaceId: string, id: string, work: () => Promise<T>): Promise<T> {
  const mark = `${workspaceId} ${id}`;
  underWay.add(mark);
  try {
    return await work();
  } finally {
    underWay.delete(mark);
  }
}

/** Lets sockets and other requests have their turn while a file is read. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const turns = 4;
/**
 * Between two commits: turns of the event loop, so that an edit that waits is read, applied, made durable and answered,
 * and a request goes through its steps. Where nobody waits they take no time.
 */
export async function breath(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await pause();
}

/** Workspaces that are being closed: their imports stop where they are, and go on when they are opened again. */
const closing = new Set<string>();
class Closing extends Error {}

/** Notes that a workspace was opened, and those of its imports that are looked after until they are released. */
export function attendImports(workspaceId: string, ids: readonly string[]): void {
  closing.delete(workspaceId);
  for (const id of ids) underWay.add(`${workspaceId} ${id}`);
}
export const releaseImport = (workspaceId: string, id: string): void => void underWay.delete(`${workspaceId} ${id}`);
export const stopImports = (workspaceId: string): void => void closing.add(workspaceId);

/**
 * Writes a plan, batch by batch; each batch and its entry in the import's record are one commit. Resolves as soon as
 * the record exists, with what resolves when everything is written: people and the caller watch the rest happen.
 */
export async function startImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  plan: ImportPlan,
  id: string,
  about: Pick<ImportRecord, 'noun' | 'board' | 'file' | 'rows' | 'skipped' | 'warnings'>,
): Promise<{ readonly finished: Promise<void> }> {
  const record: Partial<ImportRecord> = {
    ...about,
    status: 'running',
    by: ws.actor.memberId,
    startedAt: deps.now(),
    done: 0,
    planned: plan.created + plan.updated,
    created: 0,
    updated: 0,
    unchanged: plan.unchanged,
    errors: plan.errors.slice(0, errorsKept),
    errorCount: plan.errors.length,
    ...toldAlike(plan),
    batches: 0,
    made: nothingMade,
  };
  underWay.add(`${ws.id} ${id}`);
  try {
    const author = ws.author('import', id);
    await ws.hub.create(importDoc(id), author, (doc) => void applyPatch(doc, recordPatch({ ...record })));
    // At its beginning: one that is cut off has run, too. How far it came stands in its record.
    ws.audit('import-run', { target: id, detail: { noun: about.noun, rows: about.rows } });
  } catch (error) {
    releaseImport(ws.id, id);
    throw error;
  }
  return { finished: run(ws, deps, plan, id, { batches: 0, made: nothingMade }) };
}

/** Those who came in first: of them somebody has to decide. */
export const toldAlike = ({ alike = [] }: ImportPlan): Pick<ImportRecord, 'alike' | 'alikeCount'> => ({
  alike: alike.toSorted((a, b) => Number(a.isTaken) - Number(b.isTaken)).slice(0, alikeKept),
  alikeCount: alike.length,
});

const nothingMade: ImportRecord['made'] = { stages: [], fields: [], people: [] };

/** Goes on with an import that a stop cut off; `plan` leaves out what it has written. Resolves when it has ended. */
export async function goOn(
  ws: WorkspaceContext,
  deps: NounDeps,
  plan: ImportPlan,
  id: string,
  before: ImportRecord,
): Promise<void> {
  const planned = before.done + plan.created + plan.updated;
  const author = ws.author('import', id);
  await ws.hub.transact(importDoc(id), author, (doc) => void applyPatch(doc, recordPatch({ planned })));
  await run(ws, deps, plan, id, before);
}

/** Never rejects: what went wrong stands in the record. */
async function run(
  ws: WorkspaceContext,
  deps: NounDeps,
  plan: ImportPlan,
  id: string,
  before: Pick<ImportRecord, 'batches' | 'made'>,
): Promise<void> {
  try {
    await write(ws, deps, plan, id, before);
    // Whoever sees that it is done may take it back.
    releaseImport(ws.id, id);
    await deps.keptUploads?.drop(ws.id, id);
  } catch (error) {
    // Its record says that it runs, and its file is kept.
    if (!closing.has(ws.id)) await stopped(ws, deps, id, error);
  } finally {
    releaseImport(ws.id, id);
  }
}

async function stopped(ws: WorkspaceContext, deps: NounDeps, id: string, error: unknown): Promise<void> {
  deps.warn({ importId: id, error: error instanceof Error ? error.stack : String(error) }, 'import stopped');
  try {
    const message = 'The import stopped: the server could not write. What was written is kept; undo takes it back.';
    await ws.hub.transact(importDoc(id), ws.author('import', id), (doc) => {
      applyPatch(doc, recordPatch({ status: 'interrupted', message, finishedAt: deps.now() }));
    });
    await deps.keptUploads?.drop(ws.id, id);
  } catch (failure) {
    // The store is gone: at the next start the record is found running.
    deps.warn({ importId: id, error: String(failure) }, 'import could not be marked as stopped');
  }
}

/** What was made before a stop and after it. */
const together = (before: ImportRecord['made'], made: ImportRecord['made']): ImportRecord['made'] => ({
  ...made,
  stages: [...before.stages, ...made.stages],
  fields: [...before.fields, ...made.fields],
  people: [...before.people, ...made.people],
});

async function write(
  ws: WorkspaceContext,
  deps: NounDeps,
  plan: ImportPlan,
  id: string,
  before: Pick<ImportRecord, 'batches' | 'made'>,
): Promise<void> {
  const author = ws.author('import', id);
  const record = importDoc(id);
  const { made, batches } = await plan.begin(author);
  const allMade = together(before.made, made);
  await ws.hub.transact(record, author, (doc) => void applyPatch(doc, recordPatch({ made: allMade })));
  let index = before.batches - 1;
  for await (const batch of batches) {
    if (closing.has(ws.id)) throw new Closing('the workspace is being closed');
    index += 1;
    const part = partDoc(id, Math.floor(index / batchesPerPart));
    if (index % batchesPerPart === 0 && !(await ws.hub.exists(part)))
      await ws.hub.create(part, author, (doc) => void applyPatch(doc, [{ root: 'meta', id: '', set: { schema: 1 } }]));
    const at = index;
    const { docs, creates = [], brief = [], written } = batch;
    const edit = ([meta, log, ...lives]: readonly Y.Doc[]) => {
      if (!meta || !log) return;
      applyPatch(log, batchPatch(at, batch.edit(lives), written));
      const { done, created, updated } = importOf(meta);
      applyPatch(
        meta,
        recordPatch({
          done: done + batch.rows,
          created: created + batch.created,
          updated: updated + batch.updated,
          batches: at + 1,
        }),
      );
    };
    await ws.hub.transactAll([record, part, ...docs], author, edit, { creates, brief });
    await breath();
  }
  await ws.hub.transact(record, author, (doc) => {
    applyPatch(doc, recordPatch({ status: 'done', finishedAt: deps.now() }));
  });
}
