import { referenceNameSql } from '../records/reference-name.ts';
import * as v from 'valibot';
import { dealTables, type DealQuery, type SqlValue, statusSql, whereOf } from './deal-query.ts';
import type { Tables } from './report.ts';
import { reportQuery } from './request.ts';

/** A deal behind a number, as short as a list needs it. */
export const dealBehind = v.object({
  id: v.string(),
  board: v.string(),
  title: v.nullable(v.string()),
  company: v.nullable(v.string()),
  owner: v.nullable(v.string()),
  stage: v.nullable(v.string()),
  status: v.picklist(['open', 'won', 'lost']),
  value: v.nullable(v.object({ minor: v.number(), currency: v.string() })),
  createdAt: v.nullable(v.number()),
  closedAt: v.nullable(v.number()),
});

export type DealBehind = v.InferOutput<typeof dealBehind>;

const day = reportQuery.entries.from;
const known = v.optional(v.picklist(['known', 'none']));
const text = v.optional(v.string());

/** The query of a drill, with paging: `cursor` and `limit`. */
export const drillQuery = v.objectWithRest(
  {
    board: text,
    stage: text,
    owner: text,
    team: reportQuery.entries.team,
    status: v.optional(
      v.pipe(v.string(), v.regex(/^$|^(open|won|lost)(,(open|won|lost))*$/, 'must be open, won or lost')),
    ),
    company: text,
    contact: text,
    source: text,
    lostReason: text,
    label: text,
    currency: text,
    createdFrom: day,
    createdTo: day,
    closedFrom: day,
    closedTo: day,
    created: known,
    closed: known,
    rotting: v.optional(v.literal('1')),
    timeZone: reportQuery.entries.timeZone,
    limit: reportQuery.entries.limit,
    cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a whole number'), v.transform(Number)), '0'),
  },
  v.string(),
);

interface Row {
  id: string;
  board: string;
  title: string | null;
  company: string | null;
  owner: string | null;
  stage: string | null;
  status: 'open' | 'won' | 'lost';
  minor: number | null;
  currency: string | null;
  createdAt: number | null;
  closedAt: number | null;
}

/** The deals of a query, the most valuable first, with how many there are in all. */
export function dealsBehind(
  tables: Tables,
  query: DealQuery,
  page: { readonly limit: number; readonly offset: number },
  now: number,
  team?: readonly string[],
): { items: DealBehind[]; total: number } {
  const where = whereOf(query, { now, timeZone: 'UTC', ...(team === undefined ? {} : { team }) });
  const [counted] = tables.all<{ total: number }>(
    `SELECT COUNT(*) AS total FROM ${dealTables} WHERE ${where.sql}`,
    where.params,
  );
  const params: SqlValue[] = [...where.params, page.limit, page.offset];
  const rows = tables.all<Row>(
    `SELECT d.id, d.board_id AS board, d.title, ${referenceNameSql('d.company', 'company')} AS company, d.owner, s.name AS stage, ${statusSql} AS status,
      d.value_minor AS minor, d.value_currency AS currency, d.created_at AS createdAt, d.closed_at AS closedAt
      FROM ${dealTables} WHERE ${where.sql} ORDER BY d.value_minor DESC, d.id LIMIT ? OFFSET ?`,
    params,
  );
  const items = rows.map(({ minor, currency, ...row }) => ({
    ...row,
    value: minor === null || currency === null ? null : { minor, currency },
  }));
  return { items, total: counted?.total ?? 0 };
}
