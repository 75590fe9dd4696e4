import { blockings } from './block-keys.ts';
import { comparePair } from './compare.ts';
import type { Pair } from './comparable.ts';
import type { ComparedNoun, Prepared } from './prepare.ts';
import type { Rarity } from './rarity.ts';

/** From here on two records are worth showing to somebody. */
export const usualThreshold = 0.5;

/** What more records than these share is no sign of being one. */
const largestBlock = 60;

/** Places in `records` of those that share a key of one kind, for each key that several have. */
function blocksOf(records: readonly Prepared[], keysOf: (record: Prepared) => readonly string[]): Iterable<number[]> {
  const blocks = new Map<string, number[]>();
  for (const [at, record] of records.entries())
    for (const key of new Set(keysOf(record))) {
      if (key === '') continue;
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [at]);
      // One more than the largest says that it is larger.
      else if (block.length <= largestBlock) block.push(at);
    }
  return blocks.values();
}

/** All pairs that score `threshold` or more, best first. Only records that have something in common are compared. */
export function findPairs(
  records: readonly Prepared[],
  { noun, rarity, threshold = usualThreshold }: { noun: ComparedNoun; rarity: Rarity; threshold?: number },
): Pair[] {
  const compared = new Set<number>();
  const found: Pair[] = [];
  const compare = (at: number, other: number): void => {
    const key = at * records.length + other;
    const [one, two] = [records[at], records[other]];
    if (one === undefined || two === undefined || one.id === two.id || compared.has(key)) return;
    compared.add(key);
    const [a, b] = one.id < two.id ? [one, two] : [two, one];
    const pair = comparePair(a, b, rarity, noun);
    if (pair.score >= threshold) found.push(pair);
  };
  for (const keysOf of blockings)
    for (const block of blocksOf(records, keysOf)) {
      if (block.length < 2 || block.length > largestBlock) continue;
      // In rising order, so that a pair has one key.
      for (const [n, at] of block.entries()) for (const other of block.slice(n + 1)) compare(at, other);
    }
  return found.sort((a, b) => b.score - a.score || (a.a + a.b < b.a + b.b ? -1 : 1));
}
