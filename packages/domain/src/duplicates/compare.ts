import { compareNames } from './compare-names.ts';
import type { Pair, Reason } from './comparable.ts';
import type { ComparedNoun, Prepared } from './prepare.ts';
import type { Rarity } from './rarity.ts';
import { similarity } from './similarity.ts';

/**
 * Evidence that it takes before anything is known: of any two records with something in common, about one pair in a
 * thousand is one record twice. In bits, as all weights (Fellegi and Sunter, 1969).
 */
const priorBits = 10;

/** The best of all pairs of values; null where either has none. */
function bestOf<T>(as: readonly T[], bs: readonly T[], judge: (a: T, b: T) => Reason): Reason | null {
  let best: Reason | null = null;
  for (const a of as)
    for (const b of bs) {
      const reason = judge(a, b);
      if (best === null || reason.weight > best.weight) best = reason;
    }
  return best;
}

const plain = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');

function compareEmails(a: Prepared, b: Prepared, rarity: Rarity): Reason | null {
  return bestOf(a.emails, b.emails, (one, other): Reason => {
    const what = 'email';
    if (one.whole === other.whole) return { what, how: 'same', weight: rarity.email(one.whole) };
    const alike = similarity(plain(one.whole), plain(other.whole));
    if (alike >= 0.8) return { what, how: 'alike', weight: 8 };
    if (one.local === other.local && one.local.length >= 6) return { what, how: 'alike', weight: 5 };
    if (alike >= 0.7) return { what, how: 'alike', weight: 4 };
    // People have several addresses.
    return { what, how: 'different', weight: -1.5 };
  });
}

function comparePhones(a: Prepared, b: Prepared, rarity: Rarity): Reason | null {
  return bestOf(a.phones, b.phones, (one, other): Reason => {
    const what = 'phone';
    // Also where one was written without its country.
    const isSame =
      one === other || (one.length > 6 && (one.endsWith(other.slice(-9)) || other.endsWith(one.slice(-9))));
    if (isSame) return { what, how: 'same', weight: Math.min(rarity.phone(one), rarity.phone(other)) };
    return similarity(one, other) >= 0.9 ? { what, how: 'alike', weight: 2 } : { what, how: 'different', weight: -0.5 };
  });
}

function compareCompanies(a: Prepared, b: Prepared, rarity: Rarity): Reason | null {
  return bestOf(a.companies, b.companies, (one, other): Reason => {
    const what = 'company';
    if (one === other) return { what, how: 'same', weight: Math.min(3, rarity.company(one) / 2) };
    return similarity(one, other) >= 0.8 ? { what, how: 'alike', weight: 2 } : { what, how: 'different', weight: -1 };
  });
}

function compareSites(a: Prepared, b: Prepared, rarity: Rarity): Reason | null {
  return bestOf(a.sites, b.sites, (one, other): Reason => {
    const what = 'site';
    return one === other
      ? { what, how: 'same', weight: Math.min(9, rarity.site(one)) }
      : { what, how: 'different', weight: -2 };
  });
}

const isNumber = (word: string): boolean => /^\d+$/.test(word);

function compareAddresses(a: Prepared, b: Prepared, rarity: Rarity): Reason | null {
  return bestOf(a.addresses, b.addresses, (one, other): Reason => {
    const left = new Set(other);
    let shared = 0;
    let bits = 0;
    for (const word of one) {
      let found: string | undefined = left.has(word) ? word : undefined;
      let share = 1;
      if (found === undefined && word.length > 3)
        for (const each of left) {
          const alike = similarity(word, each);
          if (alike >= (isNumber(word) ? 0.75 : 0.65) && (found === undefined || alike > share))
            [found, share] = [each, alike];
        }
      if (found === undefined) continue;
      left.delete(found);
      shared += 1;
      bits += share * Math.max(rarity.addressWord(word), share < 1 ? rarity.addressWord(found) : 0);
    }
    if (rarity.isSharedAddress(one) && rarity.isSharedAddress(other)) bits = Math.min(bits, 2);
    const of = Math.min(one.length, other.length);
    const part = shared / of;
    const weight = of === 1 ? (part === 1 ? bits * 0.6 : -1) : part < 0.25 ? -3 : Math.min(12, bits * 0.45 * part);
    return { what: 'address', how: part === 1 ? 'same' : part >= 0.5 ? 'alike' : 'different', weight };
  });
}

function compareDates(a: Prepared, b: Prepared): Reason | null {
  return bestOf(a.dates, b.dates, (one, other): Reason => {
    const what = 'date';
    if (one === other) return { what, how: 'same', weight: 8 };
    const isTurned =
      one.slice(0, 4) === other.slice(0, 4) && one.slice(4, 6) === other.slice(6) && one.slice(6) === other.slice(4, 6);
    if (isTurned) return { what, how: 'swapped', weight: 6 };
    if (similarity(one, other) >= 0.87) return { what, how: 'alike', weight: 5 };
    if (one.slice(0, 4) === other.slice(0, 4)) return { what, how: 'alike', weight: 2 };
    return similarity(one, other) >= 0.75 ? { what, how: 'alike', weight: 2 } : { what, how: 'different', weight: -3 };
  });
}

function compareCodes(a: Prepared, b: Prepared): Reason | null {
  return bestOf(a.codes, b.codes, (one, other): Reason => {
    const what = 'code';
    if (one === other) return { what, how: 'same', weight: one.length > 3 ? 11 : 3 };
    return one.length > 5 && similarity(one, other) >= 0.7
      ? { what, how: 'alike', weight: 4 }
      : { what, how: 'different', weight: -2 };
  });
}

/** Compares two records. `score` is a probability under the weights; the reasons add up to it. */
export function comparePair(a: Prepared, b: Prepared, rarity: Rarity, noun: ComparedNoun): Pair {
  const reasons = [
    compareNames(a.names, b.names, rarity, noun),
    compareEmails(a, b, rarity),
    comparePhones(a, b, rarity),
    compareCompanies(a, b, rarity),
    compareSites(a, b, rarity),
    compareAddresses(a, b, rarity),
    compareDates(a, b),
    compareCodes(a, b),
  ].filter((reason) => reason !== null);
  const bits = reasons.reduce((sum, { weight }) => sum + weight, -priorBits);
  return {
    a: a.id,
    b: b.id,
    score: 1 / (1 + 2 ** -bits),
    reasons: reasons.toSorted((one, other) => other.weight - one.weight),
  };
}
