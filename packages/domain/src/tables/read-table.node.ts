import type { FieldSpecs, FieldValue } from '@rapport/schema/fields';
import type { ColumnValue } from '@rapport/schema/columns';
import type { Query } from '../http/workspace-context.node.ts';
import { fieldSql, textSql } from './field-sql.ts';
import { keptWhileUnchanged } from './kept-orders.node.ts';
import { groupOrderSql, groupSql, orderSql, type Ranks } from './order-sql.ts';
import { racesOf } from './read-races.node.ts';
import { type TableColumnDef, type TableDef, columnOf, withCustom } from './table-def.ts';
import type { TableQuery } from './table-query.ts';
import type { Aggregate, Rows, Summary, TableRow } from './table-reply.ts';
import { BadCondition, contains, whereSql, type Looker, type Sql } from './where-sql.ts';

/** What a table is asked for, by whom. */
export interface TableAsked {
  readonly table: string;
  readonly query: TableQuery;
  /** Specs of the workspace's own fields of the noun. */
  readonly custom: FieldSpecs;
  readonly looker: Looker;
  readonly ranks: Ranks;
}

const mostGroups = 2000;

/** FROM and WHERE of a query. */
function fromSql(def: TableDef, { query, looker }: TableAsked): Sql {
  const where = whereSql(def, query.where, looker);
  const q = query.q.trim();
  const searched = def.searched.flatMap((key) => {
    const column = columnOf(def, key);
    return column === undefined ? [] : [contains(textSql(def, column), q)];
  });
  const found = q === '' || searched.length === 0 ? null : searched;
  return {
    sql: `FROM ${def.table} t WHERE ${def.isListed} AND ${where.sql}${
      found === null ? '' : ` AND (${found.map(({ sql }) => sql).join(' OR ')})`
    }`,
    params: [...where.params, ...(found ?? []).flatMap(({ params }) => params)],
  };
}

function json(text: ColumnValue): unknown {
  if (typeof text !== 'string') return null;
  return JSON.parse(text);
}

function valueOf(spec: TableColumnDef['spec'], value: ColumnValue, second: ColumnValue): FieldValue | null {
  if (value === null && (spec.type !== 'planned' || second === null)) return null;
  switch (spec.type) {
    case 'money':
      return typeof value === 'number' && typeof second === 'string' ? { minor: value, currency: second } : null;
    case 'planned':
      return { what: String(value ?? ''), due: typeof second === 'string' ? second : null };
    case 'multiSelect': {
      const list = json(value);
      return Array.isArray(list) ? list.map(String) : null;
    }
    case 'checkbox':
      return value === 1;
    default:
      return value;
  }
}

/** Names of the records that values refer to. */
function namesOf(query: Query, def: TableDef, ids: ReadonlySet<string>): Record<string, string> {
  const names = Object.create(null) as Record<string, string>;
  if (ids.size === 0) return names;
  for (const { table, name } of Object.values(def.names))
    for (const row of query.all<{ id: string; name: string }>(
      `SELECT n.id AS id, n.${name} AS name FROM json_each(?) j JOIN ${table} n ON n.id = j.value`,
      [JSON.stringify([...ids])],
    ))
      names[row.id] = row.name;
  return names;
}

/** The values of the groups in the order in which they stand, and how many rows each has. */
function groupsOf(
  query: Query,
  def: TableDef,
  asked: TableAsked,
  key: string,
  most: number | null,
): { value: string | number | null; count: number }[] {
  const from = fromSql(def, asked);
  const order = groupOrderSql(def, key, asked.query.sort, asked.ranks, 'g.value');
  return query.all(
    `SELECT g.value AS value, g.count AS count FROM (SELECT ${groupSql(def, key)} AS value, count(*) AS count ${from.sql} GROUP BY 1) g
     ORDER BY ${order.sql}${most === null ? '' : ` LIMIT ${most}`}`,
    [...from.params, ...order.params],
  );
}

/** All ids in order: what an export is made of. */
export function idsOf(query: Query, base: TableDef, asked: TableAsked): string[] {
  const def = withCustom(base, asked.custom);
  const from = fromSql(def, asked);
  const order = orderSql(def, asked.query.sort, asked.query.group, asked.ranks);
  return query
    .all<{ id: string }>(`SELECT t.id ${from.sql} ORDER BY ${order.sql}`, [...from.params, ...order.params])
    .map(({ id }) => id);
}

/** The rows of these ids in their order; those that are gone are left out. */
export function rowsOfIds(query: Query, base: TableDef, custom: FieldSpecs, ids: readonly string[]): Rows {
  const def = withCustom(base, custom);
  const columns = def.columns.map((column) => ({ column, sql: fieldSql(column) }));
  const selected = columns.flatMap(({ sql }, at) => [
    `${sql.value} AS c${at}`,
    ...(sql.second === null ? [] : [`${sql.second} AS d${at}`]),
  ]);
  const found = query.all<Record<string, ColumnValue>>(
    `SELECT t.id AS id, t.doc AS doc, ${selected.join(', ')} FROM json_each(?) j JOIN ${def.table} t ON t.id = j.value ORDER BY j.key`,
    [JSON.stringify(ids)],
  );
  const referred = new Set<string>();
  const races = racesOf(query, def, ids);
  const items = found.map((row): TableRow => {
    const values: Record<string, FieldValue | null> = {};
    for (const [at, { column }] of columns.entries()) {
      const value = valueOf(column.spec, row[`c${at}`] ?? null, row[`d${at}`] ?? null);
      values[column.key] = value;
      if (column.spec.type === 'reference' && typeof value === 'string') referred.add(value);
    }
    const own = races.get(String(row['id']));
    for (const [key, { kept, other }] of Object.entries(own ?? {}))
      if (columnOf(def, key)?.spec.type === 'reference')
        for (const value of [kept, other]) if (typeof value === 'string') referred.add(value);
    return { id: String(row['id']), doc: String(row['doc']), values, ...(own === undefined ? {} : { races: own }) };
  });
  return { items, names: namesOf(query, def, referred) };
}

/** Windows this near the top are found quicker by themselves than in the order of all rows. */
const nearTop = 300;

interface Window {
  readonly offset: number;
  readonly limit: number;
}

/** A window of rows in groups: only those that it touches are put in order, which is less than all rows. */
function groupedIds(query: Query, def: TableDef, asked: TableAsked, key: string, window: Window): readonly string[] {
  const { table, query: wanted, custom, looker, ranks } = asked;
  const question = [table, wanted, custom, looker, ranks];
  const groups = keptWhileUnchanged(query, ['groups', question], () => groupsOf(query, def, asked, key, null));
  const touched: (string | number | null)[] = [];
  let [first, before] = [0, 0];
  for (const { value, count } of groups) {
    const end = first + count;
    if (end > window.offset && first < window.offset + window.limit) {
      if (touched.length === 0) before = first;
      touched.push(value);
    }
    first = end;
    if (first >= window.offset + window.limit) break;
  }
  if (touched.length === 0) return [];
  const ids = keptWhileUnchanged(query, ['ids', touched, question], () => {
    const from = fromSql(def, asked);
    const order = orderSql(def, wanted.sort, key, ranks);
    const group = groupSql(def, key);
    // In a query of its own: an index in the order of the rows would be walked past all other groups.
    return query
      .all<{ id: string }>(
        `SELECT t.id FROM (SELECT * ${from.sql} AND (${group} IN (SELECT value FROM json_each(?))${
          touched.includes(null) ? ` OR ${group} IS NULL` : ''
        }) LIMIT -1) t ORDER BY ${order.sql}`,
        [...from.params, JSON.stringify(touched.filter((each) => each !== null)), ...order.params],
      )
      .map(({ id }) => id);
  });
  return ids.slice(window.offset - before, window.offset - before + window.limit);
}

/** One window of the rows in order. Throws `BadCondition`. */
export function readRows(query: Query, base: TableDef, asked: TableAsked & Window): Rows {
  const { offset, limit, ...question } = asked;
  const def = withCustom(base, asked.custom);
  const { group } = asked.query;
  if (group !== null)
    return rowsOfIds(query, base, asked.custom, groupedIds(query, def, question, group, { offset, limit }));
  if (offset > nearTop) {
    const ids = keptWhileUnchanged(query, ['all', question], () => idsOf(query, base, question));
    return rowsOfIds(query, base, asked.custom, ids.slice(offset, offset + limit));
  }
  const from = fromSql(def, asked);
  const order = orderSql(def, asked.query.sort, group, asked.ranks);
  const ids = query
    .all<{ id: string }>(`SELECT t.id ${from.sql} ORDER BY ${order.sql} LIMIT ? OFFSET ?`, [
      ...from.params,
      ...order.params,
      limit,
      offset,
    ])
    .map(({ id }) => id);
  return rowsOfIds(query, base, asked.custom, ids);
}

const sumOf = (value: string): string => `sum(${value}) AS sum, count(${value}) AS count`;

/** How many rows, what is at the foot of `columns`, and the groups in the order in which rows stand. Throws `BadCondition`. */
export function readSummary(
  query: Query,
  base: TableDef,
  asked: TableAsked & { readonly columns: readonly string[] },
): Summary {
  const def = withCustom(base, asked.custom);
  const from = fromSql(def, asked);
  const wanted = asked.columns.map((key) => {
    const column = columnOf(def, key);
    if (column === undefined) throw new BadCondition(key, 'is not a column');
    return { column, sql: fieldSql(column) };
  });
  const summed = wanted.filter(({ column }) => column.spec.type === 'money' || column.spec.type === 'number');
  const counts = wanted.map(({ sql }, at) => `count(${sql.value}) AS c${at}`);
  const whole = query.get<Record<string, number>>(
    `SELECT ${['count(*) AS total', ...counts].join(', ')} ${from.sql}`,
    from.params,
  );
  const sums = (column: (typeof summed)[number], group: string | null) =>
    query.all<{ value: string | number | null; currency: string | null; sum: number; count: number }>(
      `SELECT ${group ?? 'NULL'} AS value, ${column.sql.second ?? `''`} AS currency, ${sumOf(column.sql.value)} ${from.sql}
       AND ${column.sql.value} IS NOT NULL GROUP BY 1, 2`,
      from.params,
    );
  const columns = Object.fromEntries(
    wanted.map(({ column }, at): [string, Aggregate] => [column.key, { filled: whole?.[`c${at}`] ?? 0, sums: {} }]),
  );
  for (const each of summed) {
    const { key } = each.column;
    const own = sums(each, null).map(({ currency, sum, count }) => [currency ?? '', { sum, count }] as const);
    columns[key] = { filled: columns[key]?.filled ?? 0, sums: Object.fromEntries(own) };
  }
  if (asked.query.group === null) return { total: whole?.['total'] ?? 0, columns, groups: null, names: {} };
  const by = groupSql(def, asked.query.group);
  const found = groupsOf(query, def, asked, asked.query.group, mostGroups);
  const bySum = new Map(summed.map((each) => [each.column.key, Map.groupBy(sums(each, by), ({ value }) => value)]));
  const isReference = columnOf(def, asked.query.group)?.spec.type === 'reference';
  return {
    total: whole?.['total'] ?? 0,
    columns,
    groups: found.map(({ value, count }) => ({
      value,
      count,
      sums: Object.fromEntries(
        [...bySum].map(([key, byValue]) => [
          key,
          Object.fromEntries(
            (byValue.get(value) ?? []).map(({ currency, sum, count: n }) => [currency ?? '', { sum, count: n }]),
          ),
        ]),
      ),
    })),
    names: namesOf(query, def, new Set(isReference ? found.map(({ value }) => String(value)) : [])),
  };
}
