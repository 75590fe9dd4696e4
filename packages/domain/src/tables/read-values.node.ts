import type { FieldSpecs } from '@rapport/schema/fields';
import type { Query } from '../http/workspace-context.node.ts';
import { fieldSql } from './field-sql.ts';
import { columnOf, withCustom, type TableDef } from './table-def.ts';
import { BadCondition } from './where-sql.ts';

export interface ValuesAsked {
  readonly custom: FieldSpecs;
  readonly column: string;
  /** Id of the row whose choices are asked for; null: what stands in the column. */
  readonly row: string | null;
}

const mostValues = 200;

/** Values of a column to choose from. Throws {@link BadCondition}. */
export function readValues(query: Query, base: TableDef, { custom, column: key, row }: ValuesAsked): string[] {
  const def = withCustom(base, custom);
  const column = columnOf(def, key);
  if (column === undefined) throw new BadCondition(key, 'is not a column');
  const names = (sql: string, params: readonly string[]) =>
    query.all<{ name: string }>(sql, params).map(({ name }) => name);
  if (row !== null) {
    if (column.choices === undefined) throw new BadCondition(key, 'does not depend on the row');
    return names(column.choices, [row]);
  }
  const { value } = fieldSql(column);
  const [from, what] =
    column.spec.type === 'multiSelect'
      ? [`${def.table} t, json_each(coalesce(${value}, '[]')) j`, 'j.value']
      : [`${def.table} t`, value];
  if (!['select', 'multiSelect', 'text'].includes(column.spec.type)) throw new BadCondition(key, 'has no choices');
  return names(
    `SELECT ${what} AS name FROM ${from} WHERE ${def.isListed} AND ${what} IS NOT NULL AND ${what} <> ''
     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ${mostValues}`,
    [],
  );
}
