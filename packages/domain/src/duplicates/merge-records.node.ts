import { applyPatch, planRevert } from '@rapport/doc/patch';
import { recordMap, rootRecord } from '@rapport/doc/records';
import { err, ok, type Result } from '@rapport/doc/result';
import type * as Y from 'yjs';
import { thingOfDocument } from '../access/row-owners.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { documentOf, roots, type RecordType } from '../records/record-type.ts';
import { workspaceDocument } from '../workspace/workspace-kind.ts';
import { mergeInto, planUnmerge, readMergeNote, standAgain, type FieldChoices, type MovedReference } from './merge.ts';
import { referencesOfFields, referencesTo, type FieldHolder, type Reference } from './merge-references.node.ts';

/** What may name a record that goes into another. */
export interface MergeParts {
  readonly types: readonly RecordType[];
  readonly references: readonly Reference[];
  readonly holders: readonly FieldHolder[];
}

/** What keeps records from becoming one, in words for the person. */
export interface MergeError {
  readonly code: 'not-found' | 'conflict';
  readonly message: string;
}

/** Documents that are changed with one merge; what is beyond still leads to the survivor by the record that it names. */
const mostReferences = 2000;
const longestWay = 20;

/** The record that an id leads to, through merges; undefined where there is none for the caller. */
export function leadsTo(ws: WorkspaceContext, type: RecordType, id: string): string | undefined {
  let at = id;
  for (let steps = 0; steps < longestWay; steps++) {
    const row = ws.query.get<{ into: string | null; deleted: number | null }>(
      `SELECT merged_into AS "into", deleted_at AS deleted FROM ${type.plural} WHERE id = ?`,
      [at],
    );
    if (row === undefined || row.deleted !== null) return undefined;
    if (row.into === null) return at;
    at = row.into;
  }
  return undefined;
}

const isTaken = (doc: Y.Doc): boolean => {
  const fields = recordMap(doc, roots.fields, rootRecord);
  return fields?.get('mergedInto') !== undefined || fields?.get('deletedAt') !== undefined;
};

export interface MergeAsked {
  readonly into: string;
  readonly ids: readonly string[];
  readonly choices: FieldChoices;
}

/**
 * Merges records into one, and has what the caller may edit name the survivor, in one commit. Ids that were merged
 * already lead on, so that two people who merge overlapping pairs at once end with one record.
 */
export async function mergeRecords(
  ws: WorkspaceContext,
  type: RecordType,
  parts: MergeParts,
  asked: MergeAsked,
  now: number,
): Promise<Result<{ id: string; merged: readonly string[] }, MergeError>> {
  const missing = err({ code: 'not-found', message: `There is no such ${type.noun}.` } as const);
  const into = leadsTo(ws, type, asked.into);
  if (into === undefined) return missing;
  const ids = new Set<string>();
  for (const each of asked.ids) {
    const id = leadsTo(ws, type, each);
    if (id === undefined) return missing;
    if (id !== into) ids.add(id);
  }
  if (ids.size === 0) return err({ code: 'conflict', message: 'Nothing was changed: they are one already.' });
  const mayEdit = (doc: string): boolean => {
    const thing = thingOfDocument(doc);
    return thing !== null && ws.accessTo(thing) === 'edit';
  };
  const references = [
    ...parts.references,
    ...(await ws.hub.read(workspaceDocument, (doc) => referencesOfFields(doc, parts.holders, type.noun))),
  ];
  const all = new Set([into, ...ids].map((id) => documentOf(type, id)));
  const moves = new Map(
    [...ids].map((gone) => [
      gone,
      referencesTo(ws.query, parts.types, references, { noun: type.noun, gone, into })
        .filter(({ doc }) => !all.has(doc) && mayEdit(doc))
        .slice(0, mostReferences),
    ]),
  );
  const names = [...new Set([...all, ...[...moves.values()].flat().map(({ doc }) => doc)])];
  return ws.hub.transactAll(names, ws.author(), (docs): Result<{ id: string; merged: string[] }, MergeError> => {
    const byName = new Map(names.map((name, n) => [name, docs[n]]));
    const docOf = (name: string): Y.Doc => byName.get(name) ?? unopened(name);
    const survivor = { id: into, doc: docOf(documentOf(type, into)) };
    if ([...all].some((name) => isTaken(docOf(name))))
      return err({
        code: 'conflict',
        message: 'Nothing was changed: one of them was just merged or deleted. Look again.',
      });
    for (const id of ids) {
      const moved: MovedReference[] = [];
      for (const { doc, plan } of moves.get(id) ?? []) {
        const applied = applyPatch(docOf(doc), plan(docOf(doc)));
        if (applied.changes.length > 0) moved.push({ doc, applied });
      }
      mergeInto(survivor, { id, doc: docOf(documentOf(type, id)) }, asked.choices, {
        now,
        by: ws.actor.memberId,
        moved,
      });
    }
    return ok({ id: into, merged: [...ids] });
  });
}

const unopened = (name: string): never => {
  throw new Error(`not opened: ${name}`);
};

/** Takes merges back, the last first; what somebody changed since stays. Answers the records that stand again. */
export async function unmergeRecords(
  ws: WorkspaceContext,
  type: RecordType,
  ids: readonly string[],
  now: number,
): Promise<Result<readonly string[], MergeError>> {
  const restored: string[] = [];
  for (const id of ids.toReversed()) {
    const doc = documentOf(type, id);
    if (ws.query.get(`SELECT 1 FROM ${type.plural} WHERE id = ?`, [id]) === undefined)
      return err({ code: 'not-found', message: `There is no such ${type.noun}.` });
    const note = await ws.hub.read(doc, readMergeNote);
    if (note === null) continue;
    const moved = note.moved.filter((each) => {
      const thing = thingOfDocument(each.doc);
      return thing !== null && ws.accessTo(thing) === 'edit';
    });
    const names = [...new Set([doc, documentOf(type, note.into), ...moved.map((each) => each.doc)])];
    await ws.hub.transactAll(names, ws.author(), (docs) => {
      const byName = new Map(names.map((name, n) => [name, docs[n]]));
      const docOf = (name: string): Y.Doc => byName.get(name) ?? unopened(name);
      const current = readMergeNote(docOf(doc));
      if (current === null) return;
      const survivor = docOf(documentOf(type, current.into));
      applyPatch(survivor, planUnmerge(survivor, current, now));
      for (const each of moved) applyPatch(docOf(each.doc), planRevert(docOf(each.doc), each.applied, now).patch);
      applyPatch(docOf(doc), standAgain);
      restored.push(id);
    });
  }
  return restored.length > 0
    ? ok(restored)
    : err({ code: 'conflict', message: 'Nothing was changed: that was taken back already.' });
}
