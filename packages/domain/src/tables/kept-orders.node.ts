import type { Query } from '../http/workspace-context.node.ts';

/** Ids in all orders that are kept of one connection; at about 60 bytes each. */
const mostKept = 400_000;
const orders = new WeakMap<Query, Map<string, readonly unknown[]>>();

/**
 * A list, kept while nothing is committed: who scrolls far asks for many windows of one order. Kept by connection and by
 * the set of things that are hidden on it, so that nobody is given the order of somebody else's rows. `key` is all else
 * that it depends on.
 */
export function keptWhileUnchanged<T>(query: Query, key: unknown, read: () => readonly T[]): readonly T[] {
  const isRestricted = query.get(`SELECT 1 FROM sqlite_temp_master WHERE name = 'reading'`) !== undefined;
  const hidden = isRestricted ? query.get(`SELECT current_set FROM temp.reading`) : null;
  const name = JSON.stringify([query.get('PRAGMA data_version'), hidden, key]);
  const kept = orders.get(query) ?? new Map<string, readonly unknown[]>();
  orders.set(query, kept);
  const list = (kept.get(name) as readonly T[] | undefined) ?? read();
  kept.delete(name);
  kept.set(name, list);
  let size = [...kept.values()].reduce((sum, { length }) => sum + length + 1, 0);
  for (const [oldest, { length }] of kept) {
    if (size <= mostKept || oldest === name) break;
    kept.delete(oldest);
    size -= length + 1;
  }
  return list;
}
