import { nameKey } from './name-key.ts';

/** One value that is written in several ways. */
export interface Spellings {
  readonly column: string;
  /** Most frequent first; `count` 0: a value that the workspace has and the file has not. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** What to write instead of all of them. */
  readonly suggested: string;
}

const told = 50;

/** Finds values of a column that differ only in case, spaces or punctuation, among themselves or from known ones. */
export function findSpellings(
  column: string,
  counts: ReadonlyMap<string, number>,
  known: readonly string[] = [],
): Spellings[] {
  const byKey = new Map<string, Map<string, number>>();
  const add = (value: string, count: number) => {
    const key = nameKey(value);
    if (key === '') return;
    const group = byKey.get(key) ?? new Map<string, number>();
    group.set(value, (group.get(value) ?? 0) + count);
    byKey.set(key, group);
  };
  for (const [value, count] of counts) add(value, count);
  for (const value of known) add(value, 0);
  const found: Spellings[] = [];
  for (const group of byKey.values()) {
    if (group.size < 2 || ![...group.values()].some((count) => count > 0)) continue;
    const values = [...group].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    // What the workspace already has wins; else the most frequent.
    const suggested = known.find((value) => group.has(value)) ?? values[0]?.value ?? '';
    found.push({ column, values, suggested });
    if (found.length === told) break;
  }
  return found;
}
