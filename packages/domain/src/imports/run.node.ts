import { applyPatch } from '@rapport/doc/patch';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { batchesPerPart, errorsKept, importDoc, importOf, partDoc, recordPatch, type ImportRecord } from './record.ts';
import type * as Y from 'yjs';
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

export interface StartedImport {
  readonly id: string;
  /** Resolves when everything is written; never rejects: what went wrong stands in the record. */
  readonly finished: Promise<void>;
}

/**
 * Writes a plan, batch by batch; each batch and its entry in the import's record are one commit. Resolves as soon as
 * the record exists: people and the caller watch the rest happen.
 */
export async function startImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  plan: ImportPlan,
  about: Pick<ImportRecord, 'noun' | 'board' | 'file' | 'rows' | 'skipped' | 'warnings'>,
): Promise<StartedImport> {
  const id = deps.newId();
  const author = ws.author('import', id);
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
    batches: 0,
    made: { stages: [], fields: [], people: [] },
  };
  const mark = `${ws.id} ${id}`;
  underWay.add(mark);
  try {
    await ws.hub.create(importDoc(id), author, (doc) => void applyPatch(doc, recordPatch({ ...record })));
    // At its beginning: one that is cut off has run, too. How far it came stands in its record.
    ws.audit('import-run', { target: id, detail: { noun: about.noun, rows: about.rows } });
  } catch (error) {
    underWay.delete(mark);
    throw error;
  }
  const finished = write(ws, deps, plan, id)
    .catch(async (error: unknown) => {
      deps.warn({ importId: id, error: error instanceof Error ? error.stack : String(error) }, 'import stopped');
      const message = 'The import stopped: the server could not write. What was written is kept; undo takes it back.';
      await ws.hub.transact(importDoc(id), author, (doc) => {
        applyPatch(doc, recordPatch({ status: 'interrupted', message, finishedAt: deps.now() }));
      });
    })
    .catch((error: unknown) => {
      // The store is gone: at the next start the record is found running and marked.
      deps.warn({ importId: id, error: String(error) }, 'import could not be marked as stopped');
    })
    .finally(() => underWay.delete(mark));
  return { id, finished };
}

async function write(ws: WorkspaceContext, deps: NounDeps, plan: ImportPlan, id: string): Promise<void> {
  const author = ws.author('import', id);
  const record = importDoc(id);
  const { made, batches } = await plan.begin(author);
  await ws.hub.transact(record, author, (doc) => void applyPatch(doc, recordPatch({ made })));
  let index = -1;
  for await (const batch of batches) {
    index += 1;
    const part = partDoc(id, Math.floor(index / batchesPerPart));
    if (index % batchesPerPart === 0)
      await ws.hub.create(part, author, (doc) => void applyPatch(doc, [{ root: 'meta', id: '', set: { schema: 1 } }]));
    const at = index;
    const { docs, creates = [], brief = [] } = batch;
    const edit = ([meta, log, ...lives]: readonly Y.Doc[]) => {
      if (!meta || !log) return;
      applyPatch(log, batchPatch(at, batch.edit(lives)));
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
