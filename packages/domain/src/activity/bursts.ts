import { type ActivityEntry, type ActivityRow, entryOf } from './entry.ts';

/** Changes of one field by one person that follow each other this closely are one line of the feed. */
const burstMs = 60_000;
const joinable = new Set(['changed', 'moved']);

const keyOf = (row: ActivityRow): string | null =>
  joinable.has(row.kind) && row.field !== null
    ? JSON.stringify([row.actor, row.agent, row.doc, row.record, row.kind, row.field])
    : null;

export interface Joined {
  readonly entries: ActivityEntry[];
  /** Id of the oldest row that is told; null when none was. */
  readonly oldest: number | null;
  /** Rows are left over. */
  readonly hasMore: boolean;
}

/**
 * Tells rows (newest first) as at most `limit` lines. A burst keeps its newest id and time, and the value from before
 * it. It ends where somebody else changed the field in between: `from` of the later is not `to` of the earlier then.
 */
export function joinBursts(rows: Iterable<ActivityRow>, limit: number): Joined {
  const told: { newest: ActivityRow; oldest: ActivityRow; merged: number }[] = [];
  const open = new Map<string, (typeof told)[number]>();
  let oldest: number | null = null;
  let hasMore = false;
  for (const row of rows) {
    const key = keyOf(row);
    const burst = key === null ? undefined : open.get(key);
    if (burst !== undefined && burst.oldest.from === row.to && burst.oldest.at - row.at <= burstMs) {
      burst.oldest = row;
      burst.merged += 1;
    } else {
      if (told.length === limit) {
        hasMore = true;
        break;
      }
      const next = { newest: row, oldest: row, merged: 1 };
      told.push(next);
      if (key !== null) open.set(key, next);
    }
    oldest = row.id;
  }
  const entries = told.map((burst) => {
    const entry = entryOf(burst.newest);
    return { ...entry, from: entryOf(burst.oldest).from, merged: burst.merged };
  });
  return { entries, oldest, hasMore };
}
