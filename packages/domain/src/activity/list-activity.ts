import * as v from 'valibot';
import { joinBursts } from './bursts.ts';
import { type ActivityList, type ActivityRow, entryOf } from './entry.ts';

export interface Tables {
  all<Row>(sql: string, params?: readonly (string | number)[]): Row[];
}

const wholeNumber = v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'must be a whole number'), v.transform(Number));

/** The query of `GET /activity`. Values arrive as strings. */
export const activityQuery = v.strictObject({
  record: v.optional(v.string()),
  actor: v.optional(v.string()),
  noun: v.optional(v.string()),
  board: v.optional(v.string()),
  kind: v.optional(v.pipe(v.string(), v.description('One kind, or several with commas'))),
  before: v.optional(v.pipe(wholeNumber, v.description('Only what is older than the entry with this id'))),
  after: v.optional(v.pipe(wholeNumber, v.description('Only what is newer than the entry with this id'))),
  limit: v.optional(v.pipe(wholeNumber, v.minValue(1), v.maxValue(500)), '50'),
  raw: v.optional(
    v.pipe(
      v.picklist(['1', 'true', '0', 'false']),
      v.description('Every single change: bursts are not drawn together'),
    ),
    '0',
  ),
});

export type ActivityQuery = v.InferOutput<typeof activityQuery>;

/** `records`: ids that count as `record`, itself among them; nothing but itself when left out. */
export type ActivityAsked = ActivityQuery & { readonly records?: readonly string[] };

// Rows read beyond the page, so that a burst at its end is told whole.
const spare = 200;

/** The newest activity first, at most `limit` lines. */
export function listActivity(tables: Tables, query: ActivityAsked): ActivityList {
  const conditions: string[] = [];
  const params: (string | number)[] = [];
  for (const [name, column] of [
    ['actor', 'actor'],
    ['noun', 'noun'],
    ['board', 'board_id'],
  ] as const) {
    const value = query[name];
    if (value === undefined) continue;
    conditions.push(`${column} = ?`);
    params.push(value);
  }
  if (query.record !== undefined) {
    const { records = [query.record] } = query;
    // One is read in the order of the index.
    conditions.push(records.length > 1 ? 'record IN (SELECT value FROM json_each(?))' : 'record = ?');
    params.push(records.length > 1 ? JSON.stringify(records) : query.record);
  }
  if (query.kind !== undefined) {
    const kinds = query.kind.split(',');
    conditions.push(`kind IN (${kinds.map(() => '?').join(', ')})`);
    params.push(...kinds);
  }
  if (query.after !== undefined) {
    conditions.push('id > ?');
    params.push(query.after);
  }
  const all = conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
  const [counted] = tables.all<{ total: number }>(`SELECT COUNT(*) AS total FROM activity WHERE ${all}`, params);
  const isRaw = query.raw === '1' || query.raw === 'true';
  const most = query.limit + (isRaw ? 1 : spare);
  const rows = tables.all<ActivityRow>(
    `SELECT * FROM activity WHERE ${all}${query.before === undefined ? '' : ' AND id < ?'} ORDER BY id DESC LIMIT ?`,
    [...params, ...(query.before === undefined ? [] : [query.before]), most],
  );
  const total = counted?.total ?? 0;
  if (isRaw) {
    const items = rows.slice(0, query.limit).map(entryOf);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > query.limit && last !== undefined ? String(last.id) : null, total };
  }
  const { entries, oldest, hasMore } = joinBursts(rows, query.limit);
  // A full read may have ended inside a burst: what follows is told on the next page.
  const goesOn = hasMore || rows.length === most;
  return { items: entries, nextCursor: goesOn && oldest !== null ? String(oldest) : null, total };
}
