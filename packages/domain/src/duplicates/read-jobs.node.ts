import type { ReadJob } from '../http/workspace-context.node.ts';
import type { Searchable } from '../search/searchable.ts';
import type { Pair } from './comparable.ts';
import { readComparables, type ComparedRecords } from './compared-records.ts';
import { findLike, type Alike, type LikeAsked } from './find-like.ts';
import { findPairs } from './find-pairs.ts';
import { prepare, type ComparedNoun } from './prepare.ts';
import { countRarity } from './rarity.ts';

/** Pairs that are kept of one run; whoever merged these starts another. */
const mostPairs = 20_000;

const declaredOf = (compared: readonly ComparedRecords[], noun: string): ComparedRecords => {
  const declared = compared.find((each) => each.noun === noun);
  if (declared === undefined) throw new Error(`nothing says how to compare ${noun}`);
  return declared;
};

export interface AllAsked {
  readonly noun: ComparedNoun;
  readonly country: string | null;
  readonly threshold: number;
}

/** All pairs of a noun: takes half a minute for 100,000 records. For `readSlowly`. */
export const makeFindAll = (compared: readonly ComparedRecords[]): ReadJob<AllAsked, readonly Pair[]> => ({
  name: 'duplicates-all',
  run(rows, { noun, country, threshold }) {
    const prepared = [...readComparables(rows, declaredOf(compared, noun), null).values()].map((record) =>
      prepare(record, { noun, country }),
    );
    return findPairs(prepared, { noun, rarity: countRarity(prepared), threshold }).slice(0, mostPairs);
  },
});

/** Who may be the one that somebody is about to add. */
export const makeFindLike = (
  compared: readonly ComparedRecords[],
  searchables: readonly Searchable[],
): ReadJob<LikeAsked & { readonly noun: string; readonly state: string }, readonly Alike[]> => ({
  name: 'duplicates-like',
  run: (rows, asked, now) => findLike(rows, declaredOf(compared, asked.noun), searchables, asked, now),
});
