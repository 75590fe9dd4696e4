import type { ActivityEntry, ActivityList } from './entry.ts';
import { localDay } from './words.ts';

/** What a feed holds: entries newest first, and where older ones go on (null: all are here). */
export interface Feed {
  readonly entries: readonly ActivityEntry[];
  readonly nextCursor: string | null;
}

/** Entries that did not change stay the same objects, so that a list keeps their lines (and the focus in them). */
function keepingSame(known: readonly ActivityEntry[], items: readonly ActivityEntry[]): ActivityEntry[] {
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  return items.map((item) => {
    const same = byId.get(item.id);
    return same !== undefined && JSON.stringify(same) === JSON.stringify(item) ? same : item;
  });
}

/** A fresh first page over what was loaded before. Older pages stay when the page reaches them, else they would hide a gap. */
export function withFirstPage(feed: Feed, page: ActivityList): Feed {
  const items = keepingSame(feed.entries, page.items);
  if (page.nextCursor === null) return { entries: items, nextCursor: null };
  const reaches = Number(page.nextCursor);
  const older = feed.entries.filter((entry) => entry.id < reaches);
  const isJoined = feed.entries.some((entry) => entry.id >= reaches);
  if (!isJoined || older.length === 0) return { entries: items, nextCursor: page.nextCursor };
  return { entries: [...items, ...older], nextCursor: feed.nextCursor };
}

/** An older page below what is there. */
export function withOlderPage(feed: Feed, page: ActivityList): Feed {
  const last = feed.entries.at(-1)?.id ?? Number.POSITIVE_INFINITY;
  return { entries: [...feed.entries, ...page.items.filter((entry) => entry.id < last)], nextCursor: page.nextCursor };
}

/** Ids of the entries that are the newest of their local day: a heading goes above them. */
export function firstsOfDay(entries: readonly ActivityEntry[]): ReadonlySet<number> {
  const firsts = new Set<number>();
  let day = '';
  for (const entry of entries) {
    const own = localDay(entry.at);
    if (own !== day) firsts.add(entry.id);
    day = own;
  }
  return firsts;
}
