import { isUlid } from '@rapport/doc/ids';
import type { Query } from '../http/query.ts';
import { namesOf } from '../records/names-of.ts';
import { anySurvivorSql } from '../records/survivor-sql.ts';
import { referenceNameSql } from '../records/reference-name.ts';
import { customValuesSql, dealTables, type SqlValue, statusSql, whereOf } from './deal-query.ts';
import { type Amount, type Drill, drillTo, drillToStatus, type Report } from './report.ts';
import { type Counted, countedSql, groupBy, tally } from './tally.ts';

export interface ValueRow {
  /** As it is in the deals; null: deals without one. */
  readonly value: string | null;
  /** What the record is called that the value names by its id, as far as the reader may open it. */
  readonly name?: string;
  readonly count: number;
  readonly won: Amount;
  readonly open: Amount;
  readonly lost: Amount;
  readonly drill: Drill;
  readonly drills: { readonly won: Drill; readonly open: Drill; readonly lost: Drill };
}

interface Dimension {
  /** Joined to `dealTables` where one deal may have several values. */
  readonly join: string;
  readonly joinParams: readonly SqlValue[];
  readonly value: string;
  /** Key of the drill's query. */
  readonly key: string;
}

const columns: Readonly<Record<string, string>> = {
  company: referenceNameSql('d.company', 'company'),
  contact: referenceNameSql('d.contact', 'contact'),
  owner: 'd.owner',
  source: 'd.source',
  lostReason: 'd.lost_reason',
};

/** What `dimension` names: a field of deals, `labels`, else the key of a custom field. */
function dimensionOf(name: string): Dimension {
  const column = columns[name];
  if (column !== undefined) return { join: '', joinParams: [], value: `NULLIF(${column}, '')`, key: name };
  if (name === 'labels')
    return { join: 'LEFT JOIN json_each(d.labels) of', joinParams: [], value: 'of.value', key: 'label' };
  // A table-valued function may look at the row on its left, a plain subquery in FROM may not: hence the list and back.
  return {
    join: `LEFT JOIN json_each((SELECT json_group_array(value) FROM (${customValuesSql}))) of`,
    joinParams: [name],
    value: anySurvivorSql('of.value'),
    key: `field.${name}`,
  };
}

export const valueBy: Report<ValueRow> = {
  name: 'value-by',
  title: 'Value by field',
  formula:
    'Deals by the value of one field: how many in all, and the value of the won, the open and the lost. A deal with several labels counts under each, so those rows add up to more than n.',
  on: 'created',
  params: ['dimension', 'on', 'limit'],
  rows(tables, { filter, clock, currency, dimension, limit }) {
    const { join, joinParams, value, key } = dimensionOf(dimension);
    const where = whereOf(filter, clock);
    const groups = tables.all<Counted & { value: string | null; kind: string }>(
      `SELECT ${value} AS value, ${statusSql} AS kind, ${countedSql} FROM ${dealTables} ${join} WHERE ${where.sql} GROUP BY 1, 2, 3`,
      [...joinParams, ...where.params],
    );
    const total = tables.all<{ n: number }>(`SELECT COUNT(*) AS n FROM ${dealTables} WHERE ${where.sql}`, where.params);
    const rows = [...groupBy(groups, (group) => group.value)].map(([each, own]): ValueRow => {
      const of = (status: 'open' | 'won' | 'lost') => ({
        amount: tally(
          own.filter(({ kind }) => kind === status),
          currency,
        ),
        drill: drillToStatus(filter, status, { [key]: each ?? '' }),
      });
      const won = of('won');
      const open = of('open');
      const lost = of('lost');
      return {
        value: each,
        count: own.reduce((sum, { count }) => sum + count, 0),
        won: won.amount,
        open: open.amount,
        lost: lost.amount,
        drill: drillTo(filter, { [key]: each ?? '' }),
        drills: { won: won.drill, open: open.drill, lost: lost.drill },
      };
    });
    rows.sort(
      (a, b) =>
        b.won.sum.minor - a.won.sum.minor ||
        b.open.sum.minor - a.open.sum.minor ||
        b.count - a.count ||
        ((a.value ?? '~') < (b.value ?? '~') ? -1 : 1),
    );
    return {
      rows: named(tables, rows.slice(0, limit)),
      n: total[0]?.n ?? 0,
      omitted: Math.max(0, rows.length - limit),
    };
  },
};

/** Fields of the workspace's own may name records: their rows say what those are called. */
function named(tables: Pick<Query, 'all'>, rows: readonly ValueRow[]): ValueRow[] {
  const ids = rows.flatMap(({ value }) => (isUlid(value) ? [value] : []));
  const names = ids.length === 0 ? null : namesOf(tables, ids);
  return rows.map((row) => {
    const name = row.value === null ? undefined : names?.get(row.value)?.name;
    return name === undefined ? row : { ...row, name };
  });
}
