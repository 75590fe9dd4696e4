import * as Y from 'yjs';
import type { Json } from './json.ts';
import { sameJson } from './json.ts';
import { movedTo, recordMap, serverNote, setByServer } from './records.ts';

/** Writes to one record. Null or undefined empties a field. `create` makes the record where it does not exist. */
export interface RecordWrite {
  readonly root: string;
  readonly id: string;
  readonly create?: true;
  readonly set: Readonly<Record<string, Json | undefined>>;
}

/** What an operation plans to write: one step for the person, one transaction in the document. */
export type Patch = readonly RecordWrite[];

/** One field as it was and as the step left it. */
export interface FieldChange {
  readonly root: string;
  readonly id: string;
  readonly field: string;
  readonly from: Json;
  readonly to: Json;
}

/** What a patch did to a document, enough to take it back: of created records, the ids; of the others, each field. */
export interface Applied {
  readonly created: readonly { readonly root: string; readonly id: string }[];
  readonly changes: readonly FieldChange[];
}

const jsonOf = (value: unknown): Json => (value === undefined ? null : (value as Json));

function writeField(map: Y.Map<unknown>, field: string, value: Json | undefined): void {
  if (value === null || value === undefined) {
    if (map.has(field)) map.delete(field);
  } else map.set(field, value);
}

/**
 * Applies a patch in one transaction and says what it changed. Fields that already have the value are not written.
 * A write to a record that does not exist and does not say `create` is passed over.
 */
export function applyPatch(doc: Y.Doc, patch: Patch, origin?: unknown): Applied {
  const created: { root: string; id: string }[] = [];
  const changes: FieldChange[] = [];
  doc.transact(() => {
    for (const { root, id, create, set } of patch) {
      const existing = recordMap(doc, root, id);
      if (!existing && !create) continue;
      const map = existing ?? new Y.Map<unknown>();
      for (const [field, value] of Object.entries(set)) {
        const from = existing ? jsonOf(existing.get(field)) : null;
        const to = jsonOf(value);
        // An empty field of a new record is not written either.
        if (sameJson(from, to)) continue;
        writeField(map, field, value);
        changes.push({ root, id, field, from, to });
      }
      if (!existing) {
        doc.getMap(root).set(id, map);
        created.push({ root, id });
      }
    }
  }, origin);
  return { created, changes };
}

/** The outcome of taking a step back: what could be, and the fields that somebody changed since (left as they are). */
export interface Reverted {
  readonly applied: Applied;
  readonly kept: readonly FieldChange[];
}

/** What taking a step back would write, and the fields that it would leave alone. */
export interface RevertPlan {
  readonly patch: Patch;
  readonly kept: readonly FieldChange[];
}

/**
 * Plans taking an applied step back, field by field, but never a colleague's later change: a field that no longer has
 * the value the step gave it stays as it is. A record that the step created is soft-deleted unless somebody else wrote
 * to it since; what the server set on it by itself is nobody's work.
 */
export function planRevert(doc: Y.Doc, step: Applied, now: number): RevertPlan {
  const kept: FieldChange[] = [];
  const patch: RecordWrite[] = [];
  const given = new Map<string, Map<string, Json>>(step.created.map(({ root, id }) => [`${root} ${id}`, new Map()]));
  for (const { root, id, field, to } of step.changes) given.get(`${root} ${id}`)?.set(field, to);
  for (const { root, id } of step.created) {
    const map = recordMap(doc, root, id);
    if (!map) continue;
    const mine = given.get(`${root} ${id}`) ?? new Map<string, Json>();
    const servers = setByServer(map);
    const touched = [...map.entries()].find(
      ([field, value]) =>
        field !== serverNote &&
        !sameJson(value, mine.get(field) ?? null) &&
        !(Object.hasOwn(servers, field) && sameJson(value, servers[field])),
    );
    if (touched) kept.push({ root, id, field: touched[0], from: mine.get(touched[0]) ?? null, to: jsonOf(touched[1]) });
    else patch.push({ root, id, set: { deletedAt: now } });
  }
  const moved = new Set(step.changes.flatMap(({ root, id, field }) => (field === movedTo ? [`${root} ${id}`] : [])));
  for (const change of step.changes) {
    const record = `${change.root} ${change.id}`;
    if (given.has(record)) continue;
    const map = recordMap(doc, change.root, change.id);
    const current = jsonOf(map?.get(change.field));
    // What is left of a record that went elsewhere is empty by that, not by this step.
    if (map?.has(movedTo) && !moved.has(record)) kept.push({ ...change, to: current });
    else if (sameJson(current, change.to))
      patch.push({ root: change.root, id: change.id, set: { [change.field]: change.from } });
    else if (!sameJson(current, change.from)) kept.push({ ...change, to: current });
  }
  return { patch, kept };
}

/** Takes an applied step back as planned. The result can itself be reverted (redo). */
export function revert(doc: Y.Doc, step: Applied, now: number, origin?: unknown): Reverted {
  const { patch, kept } = planRevert(doc, step, now);
  return { applied: applyPatch(doc, patch, origin), kept };
}
