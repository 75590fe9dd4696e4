import { applyPatch } from '@rapport/doc/patch';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { batchesOf } from './batch-record.ts';
import {
  batchesPerPart,
  errorsKept,
  importDoc,
  importOf,
  partDoc,
  recordPatch,
  type ImportRecord,
  type KeptRecord,
} from './record.ts';
import { breath, holdImport } from './run.node.ts';
import type { ImportTarget } from './session.node.ts';
import { undoBatch } from './undo-batch.node.ts';

/** A short undo is waited for; a longer one is followed like the import was. */
const waitMs = 10_000;

/**
 * Begins to take a whole import back, and resolves when it is done or after a while. What it created is deleted (softly),
 * what it updated gets its old values. Never a colleague's work: a field that has another value by now stays, and a
 * created record that somebody worked on stays; both are listed in `kept`. It can be called again after an interruption.
 */
export async function undoImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  id: string,
  target: ImportTarget,
): Promise<void> {
  const author = ws.author('import', id);
  const begun = Promise.withResolvers<void>();
  const finished = holdImport(ws.id, id, async () => {
    const before = await ws.hub.transact(importDoc(id), author, (doc) => {
      applyPatch(doc, recordPatch({ status: 'undoing', message: null, kept: [], keptCount: 0 }));
      return importOf(doc);
    });
    begun.resolve();
    await takeBack(ws, deps, id, target, before);
  });
  // A failure before anything was marked is the caller's to hear.
  finished.catch(begun.reject);
  await begun.promise;
  const elapsed = Promise.withResolvers<'later'>();
  const timer = setTimeout(() => elapsed.resolve('later'), waitMs);
  const first = await Promise.race([finished, elapsed.promise]).finally(() => clearTimeout(timer));
  if (first !== 'later') return;
  finished.catch(async (error: unknown) => {
    deps.warn({ importId: id, error: error instanceof Error ? error.stack : String(error) }, 'undo stopped');
    const message = 'Taking it back stopped: the server could not write. Undo it again to finish.';
    await ws.hub
      .transact(importDoc(id), author, (doc) => {
        applyPatch(doc, recordPatch({ status: 'interrupted', message, finishedAt: deps.now() }));
      })
      // The store is gone: at the next start the record is found `undoing` and marked.
      .catch((again: unknown) => deps.warn({ importId: id, error: String(again) }, 'undo could not be marked'));
  });
}

async function takeBack(
  ws: WorkspaceContext,
  deps: NounDeps,
  id: string,
  target: ImportTarget,
  before: ImportRecord,
): Promise<void> {
  const author = ws.author('import', id);
  const kept: KeptRecord[] = [];
  let keptCount = 0;
  // Newest first: where two batches touched one record, the older value comes last and stays.
  for (let part = Math.ceil(before.batches / batchesPerPart) - 1; part >= 0; part--) {
    const batches = await ws.hub.read(partDoc(id, part), batchesOf);
    for (const batch of batches.toReversed()) {
      for (const each of await undoBatch(ws, deps, id, batch, target)) {
        keptCount += 1;
        if (kept.length < errorsKept) kept.push(each);
      }
      await breath();
    }
  }
  for (const each of (await target.dropMade(ws, deps, id, before.board, before.made)) ?? []) {
    keptCount += 1;
    if (kept.length < errorsKept) kept.push(each);
  }
  await ws.hub.transact(importDoc(id), author, (doc) => {
    applyPatch(doc, recordPatch({ status: 'undone', finishedAt: deps.now(), kept, keptCount }));
  });
}
