import { findRecords } from '../search/find-records.ts';
import type { Rows } from '../search/record-texts.ts';
import type { Searchable } from '../search/searchable.ts';
import type { Comparable, Reason } from './comparable.ts';
import { comparePair } from './compare.ts';
import { readComparables, type ComparedRecords } from './compared-records.ts';
import { prepare } from './prepare.ts';
import { countRarity } from './rarity.ts';

/** What somebody is about to add. */
export interface LikeAsked {
  readonly typed: Omit<Comparable, 'id'>;
  /** See `CompareOptions`. */
  readonly country: string | null;
  readonly threshold: number;
  readonly limit: number;
}

export interface Alike {
  readonly id: string;
  readonly title: string;
  readonly score: number;
  readonly reasons: readonly Reason[];
}

const perQuestion = 25;

/**
 * Records that may be the one that is typed, best first. Search finds who is compared: by name, by each address and by
 * each number, slips allowed; only what `rows` shows.
 */
export function findLike(
  rows: Rows,
  declared: ComparedRecords,
  searchables: readonly Searchable[],
  { typed, country, threshold, limit }: LikeAsked,
  now: number,
): Alike[] {
  const { names, emails = [], phones = [], sites = [] } = typed;
  const questions = [names.join(' '), ...emails, ...phones, ...sites].filter((q) => q.trim() !== '').slice(0, 12);
  const ids = new Set<string>();
  for (const q of questions) {
    const asked = { q, nouns: [declared.noun], limit: perQuestion, memberId: '', opened: [], state: '' };
    for (const { id } of findRecords(rows, searchables, asked, now).items) ids.add(id);
  }
  const records = readComparables(rows, declared, [...ids]);
  const options = { noun: declared.noun, country };
  const candidates = [...records.values()].map((record) => prepare(record, options));
  const subject = prepare({ ...typed, id: '' }, options);
  const rarity = countRarity([subject, ...candidates]);
  return candidates
    .map((candidate) => comparePair(subject, candidate, rarity, declared.noun))
    .filter(({ score }) => score >= threshold)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ b, score, reasons }) => ({ id: b, title: records.get(b)?.title ?? '', score, reasons }));
}
