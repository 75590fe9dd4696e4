import { applyPatch, revert, type Applied, type FieldChange, type RecordWrite } from '@rapport/doc/patch';
import { recordMap } from '@rapport/doc/records';
import type * as Y from 'yjs';
import type { NounDeps, WorkspaceContext } from '../http/workspace-context.node.ts';
import { changesOf, recordOfDoc, type BatchRecord, type BatchStep } from './batch-record.ts';
import type { KeptRecord } from './record.ts';
import type { ImportTarget, Whereabouts } from './session.node.ts';

/** What is to be taken back in one document. */
interface DocUndo {
  /** Records of the document that the import created and nobody touched. */
  readonly deletions: RecordWrite[];
  readonly step: { created: { root: string; id: string }[]; changes: FieldChange[] };
  /** It came into being by the import: the record goes as a whole. */
  isMade: boolean;
}

/** Takes one batch back, in one commit; answers what it left alone because somebody changed it since. */
export async function undoBatch(
  ws: WorkspaceContext,
  deps: NounDeps,
  id: string,
  batch: BatchRecord,
  target: ImportTarget,
): Promise<KeptRecord[]> {
  const kept: KeptRecord[] = [];
  const created = [
    ...batch.made,
    ...batch.steps.flatMap((step) => (recordOfDoc(step.doc) === null ? step.created : [])),
  ];
  const where = new Map(target.whereabouts(ws, idsOf(batch)).map((each) => [each.id, each]));
  const touched = touchedSince(ws, id, created, target);
  const plans = new Map<string, DocUndo>();
  const planOf = (doc: string): DocUndo => {
    const plan = plans.get(doc) ?? { deletions: [], step: { created: [], changes: [] }, isMade: false };
    plans.set(doc, plan);
    return plan;
  };
  for (const record of batch.made) {
    const now = where.get(record);
    if (!now) continue;
    if (touched.has(record)) kept.push({ record, title: now.title, field: '' });
    else planOf(now.doc).isMade = true;
  }
  for (const step of batch.steps)
    if (recordOfDoc(step.doc) === null) planCards(step, where, touched, planOf, kept, deps.now());
    else planRecord(step, where, planOf);
  const docs = [...plans.keys()];
  if (docs.length === 0) return kept;
  await ws.hub.transactAll(
    docs,
    ws.author('import', id),
    (lives) => {
      for (const [at, live] of lives.entries()) {
        const doc = docs[at] ?? '';
        const reverted = takeBackIn(live, planOf(doc), target, deps.now());
        for (const { id: place, field } of reverted) {
          const record = recordOfDoc(doc) ?? place;
          kept.push({ record, title: where.get(record)?.title ?? '', field });
        }
      }
    },
    { brief: docs.filter((doc) => recordOfDoc(doc) !== null) },
  );
  return kept;
}

function idsOf(batch: BatchRecord): string[] {
  const ids = batch.steps.flatMap((step) => recordOfDoc(step.doc) ?? [...step.created, ...Object.keys(step.changed)]);
  return [...new Set([...batch.made, ...ids])];
}

/** Of created records, those that somebody worked on or holds on to since. */
function touchedSince(
  ws: WorkspaceContext,
  id: string,
  created: readonly string[],
  target: ImportTarget,
): ReadonlySet<string> {
  if (created.length === 0) return new Set();
  // Also by somebody on a board that the caller may not open.
  const changed = ws.everyRow.all<{ record: string }>(
    // What another import did to it and took back again is no reason to keep it.
    // Nor is what the server did by itself, like giving a lead to somebody by a rule.
    `SELECT DISTINCT record FROM activity WHERE record IN (SELECT value FROM json_each(?)) AND actor <> 'server' AND (agent IS NULL OR
      (agent <> ? AND agent NOT IN (SELECT id FROM imports WHERE status = 'undone')))`,
    [JSON.stringify(created), id],
  );
  return new Set([...changed.map(({ record }) => record), ...(target.heldBy?.(ws, created) ?? [])]);
}

/** Records that share a document with others, like the deals of a board. They may have gone elsewhere since. */
function planCards(
  step: BatchStep,
  where: ReadonlyMap<string, Whereabouts>,
  touched: ReadonlySet<string>,
  planOf: (doc: string) => DocUndo,
  kept: KeptRecord[],
  now: number,
): void {
  for (const record of step.created) {
    const place = where.get(record);
    if (!place) continue;
    if (touched.has(record)) kept.push({ record, title: place.title, field: '' });
    else planOf(place.doc).deletions.push({ root: step.root, id: record, set: { deletedAt: now } });
  }
  for (const record of Object.keys(step.changed)) {
    const place = where.get(record);
    if (place) planOf(place.doc).step.changes.push(...changesOf(step, record));
  }
}

/** A record that was there and is a document of its own: what was added to it goes, what was changed comes back. */
function planRecord(step: BatchStep, where: ReadonlyMap<string, Whereabouts>, planOf: (doc: string) => DocUndo): void {
  if (!where.has(recordOfDoc(step.doc) ?? '')) return;
  const { step: back } = planOf(step.doc);
  back.created.push(...step.created.map((id) => ({ root: step.root, id })));
  for (const place of Object.keys(step.changed)) back.changes.push(...changesOf(step, place));
}

/** Answers the fields that it left alone. */
function takeBackIn(live: Y.Doc, plan: DocUndo, target: ImportTarget, now: number): { id: string; field: string }[] {
  if (plan.isMade && target.deletePatch) {
    applyPatch(live, target.deletePatch(now));
    return [];
  }
  // Somebody may have deleted it meanwhile; that day stays.
  applyPatch(
    live,
    plan.deletions.filter((write) => recordMap(live, write.root, write.id)?.get('deletedAt') == null),
  );
  const step: Applied = plan.step;
  return revert(live, step, now).kept.map(({ id, field }) => ({ id, field }));
}
