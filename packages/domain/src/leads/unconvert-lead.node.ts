import type { Json } from '@rapport/doc/json';
import { sameJson } from '@rapport/doc/json';
import { applyPatch, planRevert } from '@rapport/doc/patch';
import { eachRecord, rawRecord, recordMap, rootRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { recordIdOf, roots } from '../records/record-type.ts';
import type { ConvertedPart } from './convert-lead.node.ts';

/** What came of taking a conversion back, or of taking that back. */
export interface Unconverted {
  /** Documents in which something stays, because a colleague worked on it since. */
  readonly kept: readonly string[];
  /** The same step the other way round. */
  readonly undo: readonly ConvertedPart[];
}

const flat = [roots.fields, roots.points, roots.links, roots.consent];
const keyOf = (root: string, id: string, field: string) => `${root} ${id} ${field}`;

/** Whether a record is as the conversion made it: nobody has added, changed or logged anything. */
function isUntouched(doc: Y.Doc, { applied }: ConvertedPart): boolean {
  const made = new Map(applied.changes.map(({ root, id, field, to }) => [keyOf(root, id, field), to]));
  const isMade = (root: string, id: string, map: Y.Map<unknown> | null): boolean =>
    map === null ||
    Object.entries(rawRecord(map)).every(([field, value]) => {
      const to = made.get(keyOf(root, id, field));
      return to !== undefined && sameJson(value as Json, to);
    });
  let untouched = flat.every((root) => isMade(root, rootRecord, recordMap(doc, root, rootRecord)));
  eachRecord(doc, roots.timeline, (id, map) => {
    if (!isMade(roots.timeline, id, map)) untouched = false;
  });
  return untouched;
}

/**
 * Takes a conversion back, in one commit: field by field, never what a colleague changed since. Records that it made go
 * to the bin unless somebody worked on them or linked to them. `parts` is what the conversion answered; the caller needs
 * the right to edit each of the documents.
 */
export async function unconvertLead(
  ws: WorkspaceContext,
  parts: readonly ConvertedPart[],
  now: number,
): Promise<Unconverted> {
  const names = [...new Set(parts.map(({ doc }) => doc))];
  const made = new Set(
    parts.flatMap(({ doc, applied, isNew }) => [
      ...(isNew === true ? [recordIdOf(doc)] : []),
      ...applied.created.map(({ id }) => id),
    ]),
  );
  /** Somebody else's record leads there; every row is asked, and only whether there is one gets out. */
  const isLinked = (id: string): boolean =>
    ws.everyRow
      .all<{ from_id: string; to_id: string }>('SELECT from_id, to_id FROM record_links WHERE to_id = ? LIMIT 50', [id])
      .some(({ from_id: from }) => !made.has(from));
  return ws.hub.transactAll(names, ws.author(), (docs): Unconverted => {
    const byName = new Map(names.map((name, at) => [name, docs[at]]));
    const kept: string[] = [];
    const undo: ConvertedPart[] = [];
    for (const part of parts.toReversed()) {
      const doc = byName.get(part.doc);
      if (doc === undefined) continue;
      if (part.isNew === true) {
        if (!isUntouched(doc, part) || isLinked(recordIdOf(part.doc))) {
          kept.push(part.doc);
          made.delete(recordIdOf(part.doc));
          continue;
        }
        const gone = [{ root: roots.fields, id: rootRecord, set: { deletedAt: now } }];
        undo.push({ doc: part.doc, applied: applyPatch(doc, gone) });
        continue;
      }
      const plan = planRevert(doc, part.applied, now);
      if (plan.kept.length > 0) kept.push(part.doc);
      // What stays leads to the records below: they stay, too.
      for (const { id } of plan.kept) made.delete(id);
      undo.push({ doc: part.doc, applied: applyPatch(doc, plan.patch) });
    }
    return { kept, undo };
  });
}
