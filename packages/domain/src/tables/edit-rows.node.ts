import { applyPatch } from '@rapport/doc/patch';
import { type Json, sameJson } from '@rapport/doc/json';
import { ok } from '@rapport/doc/result';
import { readValue } from '@rapport/schema/read-value';
import type * as Y from 'yjs';
import { thingOfDocument } from '../access/row-owners.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { markOf, planAnswer, type RaceAnswer } from './answer-race.node.ts';
import { checkEdit } from './check-edit.node.ts';
import { keptBeside } from './note-kept.node.ts';
import { columnOf, type TableDef } from './table-def.ts';
import type { EditEnv, TableEdits } from './table-edits.ts';

type Values = Readonly<Record<string, Json>>;
type Lists = Readonly<Record<string, readonly string[]>>;

/** What somebody did with one row. With `was`, a field that has another value by now is left as it is. */
export interface RowEdit {
  readonly id: string;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly was?: Readonly<Record<string, unknown>> | undefined;
  /** It takes back what an earlier edit did: values are as `before` told them, fields that make up a column included. */
  readonly back?: boolean | undefined;
  /** Choices that are put to those that stand in a column of several, and such that are taken from them. */
  readonly add?: Lists | undefined;
  readonly remove?: Lists | undefined;
  /** Into the bin, or out of it again. */
  readonly gone?: boolean | undefined;
  /** Which of two values stands; with values, they are what an earlier answer is taken back to. */
  readonly answer?: RaceAnswer | undefined;
}

export interface EditOutcome {
  /** Rows that were changed, with what stood there and what stands there now: enough to take it back. */
  readonly done: readonly {
    readonly id: string;
    readonly before: Values;
    readonly after: Values;
    readonly gone?: boolean;
    readonly answer?: RaceAnswer;
  }[];
  /** Rows that were not, and why: a sentence, and what is wrong by key. */
  readonly refused: readonly {
    readonly id: string;
    readonly message: string;
    readonly fields: Readonly<Record<string, string>>;
  }[];
  /** Fields that somebody changed since, left as they are. Of those in `beside`, what was sent is kept for a swap. */
  readonly kept: readonly {
    readonly id: string;
    readonly fields: readonly string[];
    readonly beside: readonly string[];
  }[];
}

/** Documents of one commit; more would make those who edit at the same time wait. */
const atOnce = 25;
const letGoMs = 4;
const notThere = 'Not saved. It is not there any more.';

interface Planned extends RowEdit {
  readonly doc: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Edits rows, each by its noun's operation on its document. Rows that cannot be edited are told one by one; the others
 * are done. Rejects only as the documents do.
 */
export async function editRows(
  ws: WorkspaceContext,
  def: TableDef,
  edits: TableEdits,
  given: readonly RowEdit[],
  env: EditEnv,
): Promise<EditOutcome> {
  const done: EditOutcome['done'][number][] = [];
  const refused: EditOutcome['refused'][number][] = [];
  const kept: EditOutcome['kept'][number][] = [];
  const refuse = (id: string, message: string, fields: Readonly<Record<string, string>> = {}) =>
    void refused.push({ id, message, fields });
  const planned: Planned[] = [];
  for (const edit of given) {
    const row = ws.query.get<{ doc: string }>(
      `SELECT t.doc AS doc FROM ${def.table} t WHERE t.id = ?${edit.gone === false ? '' : ` AND ${def.isListed}`}`,
      [edit.id],
    );
    const thing = row === undefined ? null : thingOfDocument(row.doc);
    const asked = { ...edit.values, ...edit.add, ...edit.remove };
    const checked = checkEdit(ws, def, edit.id, asked, edit.back === true);
    if (row === undefined) refuse(edit.id, notThere);
    else if (thing !== null && ws.accessTo(thing) !== 'edit')
      refuse(edit.id, 'Not saved. You may look at this, but not change it.');
    else if (!checked.ok) {
      const { key, label, text } = checked.problem;
      refuse(edit.id, `Not saved. ${label} ${text}.`, { [key]: text });
    } else {
      const values = Object.fromEntries(Object.keys(edit.values ?? {}).map((key) => [key, checked.values[key]]));
      planned.push({ ...edit, values, doc: row.doc });
    }
  }
  const changeRow = (doc: Y.Doc, row: Planned) => {
    if (row.gone !== undefined) {
      const plan = edits.bin(doc, row.id, row.gone, env);
      if (!plan.ok) return refuse(row.id, plan.error.message, plan.error.fields);
      applyPatch(doc, plan.value);
      done.push({ id: row.id, before: {}, after: {}, gone: row.gone });
      return;
    }
    if (row.answer !== undefined && row.back !== true) return answerRow(doc, row, row.answer);
    const spelled = { ...edits.spell(row.values), ...listsOf(edits, doc, row) };
    const keys = reach(edits, Object.keys(spelled));
    const before = edits.now(doc, row.id, keys);
    if (before === null) return refuse(row.id, notThere);
    const changed = changedSince(def, edits, before, spelled, { ...row, was: wasSpelled(edits, doc, row) });
    if (changed.length > 0) {
      const beside =
        row.back === true
          ? { patch: [], keys: [] }
          : keptBeside(ws, edits, doc, { id: row.id, changed, values: spelled }, env);
      kept.push({ id: row.id, fields: changed, beside: beside.keys });
      applyPatch(doc, beside.patch);
    }
    const values = Object.fromEntries(Object.entries(spelled).filter(([key]) => !changed.includes(key)));
    const isNothing = Object.keys(values).length === 0;
    if (isNothing && (row.answer === undefined || changed.length > 0)) return;
    const plan = isNothing ? ok([]) : edits.plan(doc, row.id, values, env);
    if (!plan.ok) return refuse(row.id, plan.error.message, plan.error.fields);
    applyPatch(doc, [...plan.value, ...markOf(row.answer, env)]);
    tellDone(doc, row, keys, before);
  };
  const tellDone = (doc: Y.Doc, row: Planned, keys: readonly string[], before: Values) => {
    const after = edits.now(doc, row.id, keys) ?? {};
    const moved = keys.filter((key) => !sameJson(before[key] ?? null, after[key] ?? null));
    if (moved.length === 0 && row.answer === undefined) return;
    const answer = row.answer === undefined ? {} : { answer: row.answer };
    done.push({ id: row.id, before: only(before, moved), after: only(after, moved), ...answer });
  };
  const answerRow = (doc: Y.Doc, row: Planned, answer: RaceAnswer) => {
    const plan = planAnswer(edits, doc, row.id, answer, env);
    if (!plan.ok) return refuse(row.id, plan.error.message, plan.error.fields);
    const keys = reach(edits, plan.value.keys);
    const before = edits.now(doc, row.id, keys);
    if (before === null) return refuse(row.id, notThere);
    applyPatch(doc, plan.value.patch);
    tellDone(doc, row, keys, before);
  };
  const byDoc = [...Map.groupBy(planned, ({ doc }) => doc)];
  for (let from = 0; from < byDoc.length; from += atOnce) {
    if (from > 0) await new Promise((resolve) => setTimeout(resolve, letGoMs));
    const some = byDoc.slice(from, from + atOnce);
    await ws.hub.transactAll(
      some.map(([doc]) => doc),
      ws.author(),
      (docs) => {
        for (const [at, [, rows]] of some.entries()) {
          const doc = docs[at];
          if (doc !== undefined) for (const row of rows) changeRow(doc, row);
        }
      },
      { brief: some.map(([doc]) => doc) },
    );
  }
  return { done, refused, kept };
}

const only = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));

/** The keys that change with these. */
const reach = ({ together }: TableEdits, keys: readonly string[]): readonly string[] =>
  together !== undefined && keys.includes(together.key) ? [...new Set([...keys, ...together.with])] : keys;

/** What stood there by the keys of the document. A name that still reads as it did has not changed, whatever it is made of. */
function wasSpelled(edits: TableEdits, doc: Y.Doc, { id, values, was, back }: Planned): RowEdit['was'] {
  if (was === undefined || back === true) return was;
  const stands = edits.now(doc, id, Object.keys(was)) ?? {};
  const spelled = { ...edits.spell(was) };
  for (const key of Object.keys(was))
    if (!Object.hasOwn(spelled, key) && Object.hasOwn(values, key) && sameJson(stands[key], was[key]))
      for (const part of Object.keys(edits.spell({ [key]: was[key] }))) delete spelled[part];
  return spelled;
}

/** What somebody else changed since the person looked, and not to what is wanted anyway. */
function changedSince(
  def: TableDef,
  { together }: TableEdits,
  before: Values,
  spelled: Readonly<Record<string, unknown>>,
  { was, back }: RowEdit,
): string[] {
  if (was === undefined) return [];
  /** As rows show it: what cannot be read in the document was shown as empty. */
  const shown = (key: string): Json => {
    const spec = columnOf(def, key)?.spec;
    const raw = before[key] ?? null;
    return back === true || spec === undefined || key === together?.key ? raw : (readValue(spec, raw).value as Json);
  };
  const changed = Object.keys(spelled).filter(
    (key) =>
      Object.hasOwn(was, key) &&
      !sameJson(shown(key), (was[key] ?? null) as Json) &&
      !sameJson(shown(key), (spelled[key] ?? null) as Json),
  );
  const group = together === undefined ? [] : [together.key, ...together.with];
  if (!Object.hasOwn(spelled, together?.key ?? '') || !changed.some((key) => group.includes(key))) return changed;
  return [...new Set([...changed, ...group.filter((key) => Object.hasOwn(spelled, key))])];
}

/** Columns of several choices as they stand after adding and taking away. */
function listsOf({ now }: TableEdits, doc: Y.Doc, { id, add = {}, remove = {} }: RowEdit): Record<string, Json> {
  const keys = [...new Set([...Object.keys(add), ...Object.keys(remove)])];
  const before = keys.length === 0 ? {} : (now(doc, id, keys) ?? {});
  return Object.fromEntries(
    keys.map((key): [string, Json] => {
      const stands = Array.isArray(before[key]) ? before[key].map(String) : [];
      const next = [...new Set([...stands, ...(add[key] ?? [])])].filter((each) => !(remove[key] ?? []).includes(each));
      return [key, next.length === 0 ? null : next];
    }),
  );
}
