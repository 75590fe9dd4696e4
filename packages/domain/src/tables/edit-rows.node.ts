import { applyPatch } from '@rapport/doc/patch';
import { type Json, sameJson } from '@rapport/doc/json';
import { thingOfDocument } from '../access/row-owners.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { columnOf, type TableDef } from './table-def.ts';
import type { EditEnv, TableEdits } from './table-edits.ts';

/** What somebody typed into one row. With `was`, a field that has another value by now is left as it is. */
export interface RowEdit {
  readonly id: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly was?: Readonly<Record<string, unknown>>;
}

type Values = Readonly<Record<string, Json>>;

export interface EditOutcome {
  /** Rows that were changed, with what stood there and what stands there now: enough to take it back. */
  readonly done: readonly { readonly id: string; readonly before: Values; readonly after: Values }[];
  /** Rows that were not, and why: a sentence, and what is wrong by key. */
  readonly refused: readonly {
    readonly id: string;
    readonly message: string;
    readonly fields: Readonly<Record<string, string>>;
  }[];
  /** Fields that somebody changed since, left as they are. */
  readonly kept: readonly { readonly id: string; readonly fields: readonly string[] }[];
}

/** Documents of one commit; more would make those who edit at the same time wait. */
const atOnce = 25;
const letGoMs = 4;

interface Planned extends RowEdit {
  readonly doc: string;
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
      `SELECT t.doc AS doc FROM ${def.table} t WHERE t.id = ? AND ${def.isListed}`,
      [edit.id],
    );
    const thing = row === undefined ? null : thingOfDocument(row.doc);
    const problem = problemOf(ws, def, edit);
    if (row === undefined) refuse(edit.id, 'Not saved. It is not there any more.');
    else if (thing !== null && ws.accessTo(thing) !== 'edit')
      refuse(edit.id, 'Not saved. You may look at this, but not change it.');
    else if (problem !== null)
      refuse(edit.id, `Not saved. ${problem.label} ${problem.text}.`, { [problem.key]: problem.text });
    else planned.push({ ...edit, doc: row.doc });
  }
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
          if (doc === undefined) continue;
          for (const row of rows) {
            const spelled = edits.spell(row.values);
            const before = edits.now(doc, row.id, Object.keys(spelled));
            if (before === null) {
              refuse(row.id, 'Not saved. It is not there any more.');
              continue;
            }
            const changed = Object.keys(spelled).filter(
              (key) => row.was !== undefined && !sameJson(before[key] ?? null, (row.was[key] ?? null) as Json),
            );
            if (changed.length > 0) kept.push({ id: row.id, fields: changed });
            const values = Object.fromEntries(Object.entries(spelled).filter(([key]) => !changed.includes(key)));
            if (Object.keys(values).length === 0) continue;
            const plan = edits.plan(doc, row.id, values, env);
            if (!plan.ok) {
              refuse(row.id, plan.error.message, plan.error.fields);
              continue;
            }
            applyPatch(doc, plan.value);
            const after = edits.now(doc, row.id, Object.keys(values)) ?? {};
            const keys = Object.keys(values).filter((key) => !sameJson(before[key] ?? null, after[key] ?? null));
            if (keys.length > 0) done.push({ id: row.id, before: only(before, keys), after: only(after, keys) });
          }
        }
      },
      { brief: some.map(([doc]) => doc) },
    );
  }
  return { done, refused, kept };
}

const only = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));

/** What no operation looks at: columns that nobody types into, and owners who are not here. */
function problemOf(
  ws: WorkspaceContext,
  def: TableDef,
  { values, was }: RowEdit,
): { key: string; label: string; text: string } | null {
  for (const [key, value] of Object.entries(values)) {
    const column = columnOf(def, key);
    // What is taken back may name the fields that a column is made of.
    if (column !== undefined && !column.isEditable)
      return { key, label: column.spec.label, text: 'cannot be typed here' };
    if (column === undefined && was === undefined) return { key, label: key, text: 'is not a column' };
    if (column?.spec.type === 'person' && typeof value === 'string' && value !== '' && ws.people.get(value) === null)
      return { key, label: column.spec.label, text: 'is not a member' };
  }
  return null;
}
