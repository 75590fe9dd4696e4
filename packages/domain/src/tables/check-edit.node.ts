import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { columnOf, type TableColumnDef, type TableDef } from './table-def.ts';

/** What is wrong with a value, after its column's label. */
export interface ValueProblem {
  readonly key: string;
  readonly label: string;
  readonly text: string;
}

type Values = Readonly<Record<string, unknown>>;

const levelsAtMost = 50;
const isId = (text: string): boolean => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text);

/**
 * What no operation looks at, as it takes the tables: columns that nobody types into, owners who are not here, records
 * that are not there, parents that are below. Answers the values to plan with: a record by its name has its id.
 */
export function checkEdit(
  ws: WorkspaceContext,
  def: TableDef,
  id: string,
  values: Values,
  isTakenBack: boolean,
): { readonly ok: true; readonly values: Values } | { readonly ok: false; readonly problem: ValueProblem } {
  const checked: Record<string, unknown> = {};
  const wrong = (key: string, label: string, text: string) => ({ ok: false, problem: { key, label, text } }) as const;
  for (const [key, value] of Object.entries(values)) {
    checked[key] = value;
    const column = columnOf(def, key);
    if (column === undefined) {
      // What is taken back may name the fields that a column is made of.
      if (isTakenBack) continue;
      return wrong(key, key, 'is not a column');
    }
    const { label } = column.spec;
    if (!column.isEditable) return wrong(key, label, 'cannot be typed here');
    if (typeof value !== 'string' || value === '') continue;
    if (column.spec.type === 'person' && ws.people.get(value) === null) return wrong(key, label, 'is not a member');
    if (column.spec.type !== 'reference' || isTakenBack) continue;
    const found = recordNamed(ws, def, column, value);
    if (found.problem !== undefined) return wrong(key, label, found.problem);
    if (column.isAbove === true && isBelow(ws, def, key, id, found.value))
      return wrong(key, label, 'would be a part of itself');
    checked[key] = found.value;
  }
  return { ok: true, values: checked };
}

/** The id of the record that a value names, as far as this person may know of it. */
function recordNamed(
  ws: WorkspaceContext,
  def: TableDef,
  column: TableColumnDef,
  value: string,
): { readonly value: string; readonly problem?: string } {
  const noun = column.spec.type === 'reference' ? column.spec.noun : '';
  const named = Object.hasOwn(def.names, noun) ? def.names[noun] : undefined;
  if (named === undefined) return { value };
  const listed = named.isListed ?? 'TRUE';
  if (isId(value)) {
    const isThere = ws.query.get(`SELECT 1 FROM ${named.table} t WHERE t.id = ? AND ${listed}`, [value]) !== undefined;
    return isThere ? { value } : { value, problem: 'is not there any more' };
  }
  const found = ws.query.all<{ id: string }>(
    `SELECT t.id FROM ${named.table} t WHERE t.${named.name} = ? COLLATE NOCASE AND ${listed} LIMIT 2`,
    [value.trim()],
  );
  if (found.length === 1) return { value: found[0]?.id ?? value };
  if (column.takesNames === true) return { value };
  return {
    value,
    problem: found.length > 1 ? `is the name of several: choose one` : `has nothing called “${value.slice(0, 60)}”`,
  };
}

/** Whether `above` is the row itself or lies below it. Every row is asked: a hidden one in between counts. */
function isBelow(ws: WorkspaceContext, def: TableDef, key: string, id: string, above: string): boolean {
  let at: string | null = above;
  for (let level = 0; level < levelsAtMost && at !== null; level++) {
    if (at === id) return true;
    const row: { above: string | null } | undefined = ws.everyRow.get<{ above: string | null }>(
      `SELECT t.${key} AS above FROM ${def.table} t WHERE t.id = ?`,
      [at],
    );
    at = row?.above ?? null;
  }
  return false;
}
