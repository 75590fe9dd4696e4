import { sameRecordSql } from '../records/survivor-sql.ts';
import { isUlid } from '@rapport/doc/ids';
import { referenceNameSql } from '../records/reference-name.ts';
import { addDays, dayMs, dayToMs, startOfDay } from './days.ts';

/**
 * Which deals a number counts, as the query of a link: keys `board stage owner team status company contact source lostReason
 * label currency createdFrom createdTo closedFrom closedTo created closed rotting` and `field.<key>` for custom fields. An
 * empty value means "has none"; `status` takes several, with commas; days are `YYYY-MM-DD`, both ends included; `created`
 * and `closed` are `known` or `none`: with or without such a date; `rotting=1` means open and untouched for longer than
 * the stage allows; `team` is a team whose members, as they are now, own the deals. Days are days in `timeZone` (IANA, UTC when left out).
 */
export type DealQuery = Readonly<Record<string, string>>;

export interface Clock {
  /** Epoch ms. */
  readonly now: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Members of the team that the query names, as they are when it is asked. */
  readonly team?: readonly string[];
}

export type SqlValue = string | number | null;

export interface Where {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** What every condition below speaks of: deals `d` with their stage `s`, null where there is none (any more). */
export const dealTables = `deals d LEFT JOIN stages s ON s.board_id = d.board_id AND s.id = d.stage_id AND s.deleted_at IS NULL`;

/** The status of a deal is the kind of its stage; a deal in no stage is open. */
export const statusSql = `COALESCE(s.kind, 'open')`;

const statuses = new Set(['open', 'won', 'lost']);
const columns: Readonly<Record<string, string>> = {
  owner: 'd.owner',
  company: referenceNameSql('d.company', 'company'),
  contact: referenceNameSql('d.contact', 'contact'),
  source: 'd.source',
  lostReason: 'd.lost_reason',
  currency: 'd.value_currency',
};

// Years that calendars and links can write; what is outside is as good as no date.
const earliest = dayToMs('1000-01-01');
const latest = dayToMs('9998-12-31');
const isKnown = (column: string) => `${column} BETWEEN ${earliest} AND ${latest}`;

const dates = { created: 'd.created_at', closed: 'd.closed_at' } as const;

/** When a deal was created or closed, epoch ms; null when unknown. */
export const dateSql = (which: keyof typeof dates): string =>
  `CASE WHEN ${isKnown(dates[which])} THEN ${dates[which]} END`;

/**
 * Everything said with a custom field of a deal: one row per value, lists spread out; a box that is ticked or
 * not says nothing. Takes the field's key.
 */
export const customValuesSql = `SELECT DISTINCT CAST(item.value AS TEXT) AS value FROM json_each(d.custom) field
  JOIN json_each(CASE field.type WHEN 'array' THEN field.value ELSE json_array(field.value) END) item
  WHERE field.key = ? AND field.type NOT IN ('true', 'false') AND item.type IN ('text', 'integer', 'real') AND item.value <> ''`;

/** Days from–to on a column, both ends included, by the rule of days.ts. */
function dayRange(column: string, from: string | undefined, to: string | undefined, timeZone: string): Where {
  const low = from === undefined ? null : dayToMs(from);
  const high = to === undefined ? null : dayToMs(addDays(to, 1));
  const bounds = (zone: string): Where => {
    const parts = [
      ...(low === null ? [] : [{ sql: `${column} >= ?`, value: startOfDay(low, zone) }]),
      ...(high === null ? [] : [{ sql: `${column} < ?`, value: startOfDay(high, zone) }]),
    ];
    return { sql: parts.map(({ sql }) => sql).join(' AND '), params: parts.map(({ value }) => value) };
  };
  if (timeZone === 'UTC') return bounds('UTC');
  const days = bounds('UTC');
  const moments = bounds(timeZone);
  return {
    sql: `((${column} % ${dayMs} = 0 AND ${days.sql}) OR (${column} % ${dayMs} <> 0 AND ${moments.sql}))`,
    params: [...days.params, ...moments.params],
  };
}

/**
 * The condition for `dealTables` that gives exactly the deals of a query. Values are checked by the caller; an unknown
 * key throws, because a filter that is silently left out would count too much.
 */
export function whereOf({ timeZone, ...query }: DealQuery, { now, ...clock }: Clock): Where {
  const sql = ['d.deleted_at IS NULL'];
  const params: SqlValue[] = [];
  const add = (text: string, ...values: readonly SqlValue[]) => {
    sql.push(text);
    params.push(...values);
  };
  if (query.board === undefined) add(`d.board_id IN (SELECT id FROM boards WHERE kind = 'deals')`);
  for (const [key, value] of Object.entries(query)) {
    const column = columns[key];
    if (column !== undefined) {
      if (value === '') add(`NULLIF(${column}, '') IS NULL`);
      else add(`${column} = ?`, value);
    } else if (key === 'board') add('d.board_id = ?', value);
    else if (key === 'team') add('d.owner IN (SELECT value FROM json_each(?))', JSON.stringify(clock.team ?? []));
    else if (key === 'stage') {
      if (value === '') add('s.id IS NULL');
      else add('s.id = ?', value);
    } else if (key === 'status') {
      const wanted = value.split(',').filter((each) => statuses.has(each));
      add(`${statusSql} IN (${wanted.map(() => '?').join(', ')})`, ...wanted);
    } else if (key === 'label') {
      if (value === '') add('d.labels IS NULL');
      else add(`EXISTS (SELECT 1 FROM json_each(d.labels) WHERE json_each.value = ?)`, value);
    } else if (key === 'created' || key === 'closed')
      add(value === 'none' ? `(${isKnown(dates[key])}) IS NOT TRUE` : isKnown(dates[key]));
    else if (key === 'rotting')
      add(
        `s.kind = 'open' AND s.rot_days IS NOT NULL
          AND ? - COALESCE((SELECT at FROM deal_touches WHERE deal_id = d.id), d.created_at) >= s.rot_days * ${dayMs}`,
        now,
      );
    else if (key.startsWith('field.')) {
      if (value === '') add(`NOT EXISTS (${customValuesSql})`, key.slice(6));
      else if (isUlid(value))
        add(
          `EXISTS (SELECT 1 FROM (${customValuesSql}) each WHERE each.value IN ${sameRecordSql})`,
          key.slice(6),
          value,
        );
      else add(`? IN (${customValuesSql})`, value, key.slice(6));
    } else if (!/^(created|closed)(From|To)$/.test(key)) throw new Error(`unknown filter of deals: ${key}`);
  }
  for (const [name, column] of Object.entries(dates)) {
    const from = query[`${name}From`];
    const to = query[`${name}To`];
    if (from === undefined && to === undefined) continue;
    const range = dayRange(column, from, to, timeZone ?? clock.timeZone);
    add(range.sql, ...range.params);
  }
  return { sql: sql.join(' AND '), params };
}
