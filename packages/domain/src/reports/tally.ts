import type { Amount, Foreign } from './report.ts';

/** One group of deals in one currency, as SQL answers it. `minor` comes from TOTAL: SUM would overflow on odd data. */
export interface Counted {
  /** Null: these deals have no value. */
  readonly currency: string | null;
  readonly count: number;
  readonly minor: number;
}

/** To select beside the group's own columns; group by `currency` too. */
export const countedSql = `d.value_currency AS currency, COUNT(*) AS count, TOTAL(d.value_minor) AS minor`;

/** Adds up groups: one currency is summed, the others are kept apart. */
export function tally(groups: Iterable<Counted>, currency: string): Amount {
  let count = 0;
  let minor = 0;
  const others = new Map<string, Foreign>();
  for (const group of groups) {
    count += group.count;
    if (group.currency === null) continue;
    if (group.currency === currency) minor += group.minor;
    else {
      const known = others.get(group.currency);
      others.set(group.currency, {
        sum: { minor: (known?.sum.minor ?? 0) + group.minor, currency: group.currency },
        count: (known?.count ?? 0) + group.count,
      });
    }
  }
  const foreign = [...others.values()].sort((a, b) => b.count - a.count || (a.sum.currency < b.sum.currency ? -1 : 1));
  return { count, sum: { minor, currency }, foreign };
}

/** Groups by what `key` says, in the order of first appearance. */
export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const at = key(item);
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [item]);
    else group.push(item);
  }
  return groups;
}
