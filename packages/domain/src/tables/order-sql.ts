import type { FieldSpec } from '@rapport/schema/fields';
import type { SqlValue } from '@rapport/sync/server/ports';
import { fieldSql, textSql } from './field-sql.ts';
import { isGroupable } from './groupable.ts';
import { columnOf, type TableColumnDef, type TableDef } from './table-def.ts';
import type { SortBy } from './table-query.ts';
import { BadCondition, type Sql } from './where-sql.ts';

const isText = (spec: FieldSpec): boolean =>
  !['number', 'money', 'date', 'instant', 'checkbox', 'person', 'planned'].includes(spec.type);

/** What a table is put in order with besides its rows: ids of people as their names order them. */
export interface Ranks {
  readonly people: readonly string[];
}

/** Choices stand as their options do, people by name, plans by their day; what is empty comes last either way. */
function stepSql(def: TableDef, column: TableColumnDef, descending: boolean, ranks: Ranks): Sql {
  const { value, second } = fieldSql(column);
  const way = descending ? ' DESC' : '';
  if (column.isNeverEmpty === true) return { sql: `${value} COLLATE NOCASE${way}`, params: [] };
  const last = `${value} IS NULL`;
  switch (column.spec.type) {
    case 'money':
      return { sql: `${last}, ${second} , ${value}${way}`, params: [] };
    case 'planned':
      return { sql: `coalesce(${second}, ${value}) IS NULL, ${second} IS NULL, ${second}${way}`, params: [] };
    case 'person':
      return {
        sql: `${last}, (SELECT coalesce(min(p.key), 100000) FROM json_each(?) p WHERE p.value = ${value})${way}`,
        params: [JSON.stringify(ranks.people)],
      };
    case 'select': {
      const ids = column.spec.options.map(({ id }) => id).slice(0, 100);
      if (ids.length === 0) return { sql: `${last}, ${value} COLLATE NOCASE${way}`, params: [] };
      const params: SqlValue[] = ids.flatMap((id, at) => [id, at]);
      const rank = `CASE ${value} ${ids.map(() => 'WHEN ? THEN ?').join(' ')} ELSE ${ids.length} END`;
      return { sql: `${last}, ${rank}${way}, ${value} COLLATE NOCASE${way}`, params };
    }
    default:
      return {
        sql: `${last}, ${isText(column.spec) ? `${textSql(def, column)} COLLATE NOCASE` : value}${way}`,
        params: [],
      };
  }
}

const known = (def: TableDef, field: string): TableColumnDef => {
  const column = columnOf(def, field);
  if (column === undefined) throw new BadCondition(field, 'is not a column');
  return column;
};

/** What rows of one group have in common, as SQL. */
export function groupSql(def: TableDef, key: string): string {
  const column = known(def, key);
  if (!isGroupable(column.spec)) throw new BadCondition(key, 'cannot be grouped by');
  const { value } = fieldSql(column);
  if (column.spec.type === 'date') return `substr(${value}, 1, 7)`;
  if (column.spec.type === 'instant') return `strftime('%Y-%m', ${value} / 1000, 'unixepoch')`;
  return value;
}

/**
 * How groups stand among each other: as their column is sorted, months by themselves. `value` is SQL of what the rows of
 * one have in common. Throws {@link BadCondition}.
 */
export function groupOrderSql(def: TableDef, key: string, sort: readonly SortBy[], ranks: Ranks, value: string): Sql {
  const column = known(def, key);
  const descending = sort.find(({ field }) => field === key)?.descending === true;
  if (column.spec.type === 'date' || column.spec.type === 'instant')
    return { sql: `${value} IS NULL, ${value}${descending ? ' DESC' : ''}`, params: [] };
  const by = stepSql(def, { ...column, sql: value, isNeverEmpty: false }, descending, ranks);
  // People of one rank and texts that differ in case only are groups of their own all the same.
  return { sql: `${by.sql}, ${value}`, params: by.params };
}

/** How rows stand, those of one group if there are groups; the same rows always in the same order. Throws {@link BadCondition}. */
function rowOrderSql(def: TableDef, sort: readonly SortBy[], ranks: Ranks): Sql {
  const steps = sort.map(({ field, descending }) => stepSql(def, known(def, field), descending, ranks));
  if (steps.length === 0) steps.push(stepSql(def, known(def, def.title), false, ranks));
  return {
    sql: [...steps.map(({ sql }) => sql), 't.id'].join(', '),
    params: steps.flatMap(({ params }) => params),
  };
}

/** How all rows stand: groups, and the rows in them. Throws {@link BadCondition}. */
export function orderSql(def: TableDef, sort: readonly SortBy[], group: string | null, ranks: Ranks): Sql {
  const rows = rowOrderSql(def, sort, ranks);
  if (group === null) return rows;
  const groups = groupOrderSql(def, group, sort, ranks, groupSql(def, group));
  return { sql: `${groups.sql}, ${rows.sql}`, params: [...groups.params, ...rows.params] };
}
