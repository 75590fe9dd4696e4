import * as v from 'valibot';

/** One thing that somebody did, as the API tells it. */
export const activityEntry = v.object({
  id: v.pipe(v.number(), v.description('Rises with time')),
  at: v.pipe(v.number(), v.description('Epoch ms')),
  actor: v.pipe(v.string(), v.description('A member’s id, or `server`')),
  agent: v.pipe(v.nullable(v.string()), v.description('The API key or import that acted for the actor')),
  noun: v.string(),
  doc: v.string(),
  board: v.nullable(v.string()),
  record: v.string(),
  title: v.pipe(v.nullable(v.string()), v.description('The record’s title at that time')),
  kind: v.pipe(
    v.string(),
    v.description(
      'created, imported, moved, won, lost, reopened, changed, deleted, restored, removed, noted or attached',
    ),
  ),
  field: v.nullable(v.string()),
  from: v.unknown(),
  to: v.unknown(),
  value: v.pipe(
    v.nullable(v.object({ minor: v.number(), currency: v.string() })),
    v.description('What the record was worth after it'),
  ),
  offline: v.pipe(v.boolean(), v.description('Done without a connection and sent later')),
  merged: v.pipe(v.number(), v.description('How many changes of one field within a minute this line stands for')),
});

export type ActivityEntry = v.InferOutput<typeof activityEntry>;

export const activityList = v.object({
  items: v.array(activityEntry),
  nextCursor: v.pipe(v.nullable(v.string()), v.description('The next page’s `before`')),
  total: v.pipe(v.number(), v.description('Single changes, before any are drawn together')),
});

export type ActivityList = v.InferOutput<typeof activityList>;

/** How a row of the table lies in the file. */
export interface ActivityRow {
  readonly id: number;
  readonly at: number;
  readonly actor: string;
  readonly agent: string | null;
  readonly offline: number;
  readonly noun: string;
  readonly doc: string;
  readonly board_id: string | null;
  readonly record: string;
  readonly title: string | null;
  readonly kind: string;
  readonly field: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly value_minor: number | null;
  readonly value_currency: string | null;
}

const parse = (json: string | null): unknown => (json === null ? null : JSON.parse(json));

/** A row as the API tells it. */
export function entryOf(row: ActivityRow): ActivityEntry {
  const { id, at, actor, agent, noun, doc, record, title, kind, field } = row;
  const value =
    row.value_minor === null || row.value_currency === null
      ? null
      : { minor: row.value_minor, currency: row.value_currency };
  return {
    id,
    at,
    actor,
    agent,
    noun,
    doc,
    board: row.board_id,
    record,
    title,
    kind,
    field,
    from: parse(row.from),
    to: parse(row.to),
    value,
    offline: row.offline === 1,
    merged: 1,
  };
}
