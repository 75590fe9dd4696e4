import { distance } from 'fastest-levenshtein';
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

/** Values that a column may have so that slips of the pen are looked for: more are names of their own. */
const slipsAmong = 60;
const hasSlip = (one: string, other: string): boolean => {
  const shorter = Math.min(one.length, other.length);
  // Numbers and short words differ by a letter and mean something else.
  if (shorter < 6 || /\d/.test(one + other)) return false;
  return distance(one, other) <= (shorter >= 11 ? 2 : 1);
};

/** Puts values together that differ by a letter: with what is known, or with what the file says more often. */
function joinSlips(
  byKey: Map<string, Map<string, number>>,
  known: ReadonlySet<string>,
  words: readonly string[],
): void {
  const inFile = [...byKey].filter(([, group]) => [...group.values()].some((count) => count > 0));
  if (inFile.length > slipsAmong) return;
  const often = (group: Map<string, number>) => [...group.values()].reduce((sum, count) => sum + count, 0);
  for (const [key, group] of inFile) {
    if (known.has(key)) continue;
    const right = [...byKey].find(
      ([other, others]) =>
        other !== key && hasSlip(key, other) && (known.has(other) || often(others) > often(group) * 3),
    );
    if (!right) {
      const word = words.find((each) => hasSlip(key, nameKey(each)));
      const [[value] = ['']] = group;
      // In the case in which the file writes.
      if (word !== undefined && !words.some((each) => nameKey(each) === key))
        group.set(value === value.toLowerCase() ? word.toLowerCase() : word, 0);
      continue;
    }
    for (const [value, count] of group) right[1].set(value, count);
    byKey.delete(key);
  }
}

/**
 * Finds values of a column that differ only in case, spaces, punctuation or by a slip of the pen, among
 * themselves or from known ones. `words`: right ones that the workspace need not have, to notice slips by.
 */
export function findSpellings(
  column: string,
  counts: ReadonlyMap<string, number>,
  known: readonly string[] = [],
  words: readonly string[] = [],
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
  joinSlips(byKey, new Set(known.map(nameKey)), words);
  const isWord = new Set(words.map(nameKey));
  const found: Spellings[] = [];
  for (const group of byKey.values()) {
    if (group.size < 2 || ![...group.values()].some((count) => count > 0)) continue;
    const values = [...group].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
    // What the workspace already has wins; else the most frequent.
    const right =
      known.find((value) => group.has(value)) ?? values.find(({ value }) => isWord.has(nameKey(value)))?.value;
    const suggested = right ?? values[0]?.value ?? '';
    found.push({ column, values, suggested });
    if (found.length === told) break;
  }
  return found;
}
