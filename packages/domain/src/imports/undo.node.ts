import { applyPatch, revert, type FieldChange, type RecordWrite } from '@rapport/doc/patch';
import { recordMap } from '@rapport/doc/records';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { breath } from './run.node.ts';
import {
  batchesOf,
  batchesPerPart,
  changesOf,
  errorsKept,
  importDoc,
  importOf,
  partDoc,
  recordPatch,
  type BatchRecord,
  type KeptRecord,
} from './record.ts';
import type { ImportTarget } from './session.node.ts';

/**
 * Takes a whole import back: what it created is deleted (softly), what it updated gets its old values. Never a
 * colleague's work: a field that has another value by now stays, and a created record that somebody worked on stays;
 * both are listed in `kept`. It can be called again after an interruption.
 */
export async function undoImport(
  ws: WorkspaceContext,
  deps: NounDeps,
  id: string,
  target: ImportTarget,
): Promise<void> {
  const author = ws.author('import', id);
  const record = importDoc(id);
  const before = await ws.hub.transact(record, author, (doc) => {
    applyPatch(doc, recordPatch({ status: 'undoing', message: null, kept: [], keptCount: 0 }));
    return importOf(doc);
  });
  const kept: KeptRecord[] = [];
  // Newest first: where two batches touched one record, the older value comes last and stays.
  for (let part = Math.ceil(before.batches / batchesPerPart) - 1; part >= 0; part--) {
    const batches = await ws.hub.read(partDoc(id, part), batchesOf);
    for (const batch of batches.toReversed()) {
      kept.push(...(await undoBatch(ws, deps, id, batch, target)));
      await breath();
    }
  }
  await target.dropMade(ws, deps, id, before.board, before.made);
  await ws.hub.transact(record, author, (doc) => {
    applyPatch(
      doc,
      recordPatch({
        status: 'undone',
        finishedAt: deps.now(),
        kept: kept.slice(0, errorsKept),
        keptCount: kept.length,
      }),
    );
  });
}

async function undoBatch(
  ws: WorkspaceContext,
  deps: NounDeps,
  id: string,
  batch: BatchRecord,
  target: ImportTarget,
): Promise<KeptRecord[]> {
  const kept: KeptRecord[] = [];
  const author = ws.author('import', id);
  const ids = [...batch.created, ...Object.keys(batch.changed)];
  const where = new Map(target.whereabouts(ws, ids).map((each) => [each.id, each]));
  const touched = new Set(
    // Also by somebody on a board that the caller may not open.
    ws.everyRow
      .all<{ record: string }>(
        // What another import did to it and took back again is no reason to keep it.
        `SELECT DISTINCT record FROM activity WHERE record IN (SELECT value FROM json_each(?)) AND (agent IS NULL OR
          (agent <> ? AND agent NOT IN (SELECT id FROM imports WHERE status = 'undone')))`,
        [JSON.stringify(batch.created), id],
      )
      .map(({ record }) => record),
  );
  const deletions = new Map<string, RecordWrite[]>();
  const changes = new Map<string, FieldChange[]>();
  for (const record of batch.created) {
    const now = where.get(record);
    if (!now) continue;
    if (touched.has(record)) kept.push({ record, title: now.title, field: '' });
    else push(deletions, now.doc, { root: batch.root, id: record, set: { deletedAt: deps.now() } });
  }
  for (const record of Object.keys(batch.changed)) {
    const now = where.get(record);
    if (now) for (const change of changesOf(batch, record)) push(changes, now.doc, change);
  }
  for (const doc of new Set([...deletions.keys(), ...changes.keys()])) {
    const reverted = await ws.hub.transact(doc, author, (live) => {
      const here = (deletions.get(doc) ?? []).filter(
        (write) => recordMap(live, write.root, write.id)?.get('deletedAt') == null,
      );
      applyPatch(live, here);
      return revert(live, { created: [], changes: changes.get(doc) ?? [] }, deps.now());
    });
    for (const { id: record, field } of reverted.kept)
      kept.push({ record, title: where.get(record)?.title ?? '', field });
  }
  return kept;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
