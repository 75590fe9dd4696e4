import { blockKeys } from './block-keys.ts';
import { comparePair } from './compare.ts';
import type { Pair } from './comparable.ts';
import type { ComparedNoun, Prepared } from './prepare.ts';
import type { Rarity } from './rarity.ts';

/** From here on two records are worth showing to somebody. */
export const usualThreshold = 0.5;

/** More records than these share what is no sign of being one. */
const largestBlock = 60;

/** Records by what they have in common with others. */
export function makeBlocks(records: readonly Prepared[]): Map<string, Prepared[]> {
  const blocks = new Map<string, Prepared[]>();
  for (const record of records)
    for (const key of blockKeys(record)) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [record]);
      else block.push(record);
    }
  return blocks;
}

/** All pairs that score `threshold` or more, best first. Only records that have something in common are compared. */
export function findPairs(
  records: readonly Prepared[],
  { noun, rarity, threshold = usualThreshold }: { noun: ComparedNoun; rarity: Rarity; threshold?: number },
): Pair[] {
  const compared = new Set<string>();
  const found: Pair[] = [];
  for (const block of makeBlocks(records).values()) {
    if (block.length > largestBlock) continue;
    for (const [at, one] of block.entries())
      for (const other of block.slice(at + 1)) {
        const [a, b] = one.id < other.id ? [one, other] : [other, one];
        const key = `${a.id} ${b.id}`;
        if (a.id === b.id || compared.has(key)) continue;
        compared.add(key);
        const pair = comparePair(a, b, rarity, noun);
        if (pair.score >= threshold) found.push(pair);
      }
  }
  return found.sort((a, b) => b.score - a.score || (a.a + a.b < b.a + b.b ? -1 : 1));
}
