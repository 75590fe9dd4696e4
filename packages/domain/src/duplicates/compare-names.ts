import type { Reason } from './comparable.ts';
import { isNickname } from './nicknames.ts';
import type { ComparedNoun } from './prepare.ts';
import type { Rarity } from './rarity.ts';
import { similarity } from './similarity.ts';

/** Where one name is in one and another in the other, each side having one left over. */
const conflictBits = { contact: -3.5, company: -5 } as const;
/** A word that one company's name has beside all of the other's. */
const extraBits = -2;
const ownNameBits = 4;

interface Match {
  readonly at: number;
  readonly of: number;
  readonly how: 'same' | 'alike' | 'nickname';
  readonly bits: number;
}

function matchOne(one: string, other: string, rarity: Rarity): Pick<Match, 'how' | 'bits'> | null {
  if (one === other) return { how: 'same', bits: rarity.name(one) };
  if (isNickname(one, other)) return { how: 'nickname', bits: 5 };
  if (one.length === 1 || other.length === 1) return one[0] === other[0] ? { how: 'alike', bits: 1.5 } : null;
  const alike = similarity(one, other);
  // What a slip makes of a name is rare by itself; the name that was meant is the commoner of both.
  const bits = Math.min(rarity.name(one), rarity.name(other));
  if (alike >= 0.6) return { how: 'alike', bits: bits * (alike >= 0.8 ? 0.8 : 0.5) };
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length > 2 && long.startsWith(short) ? { how: 'alike', bits: bits * 0.5 } : null;
}

/** The best pairs first, each name once. */
function align(as: readonly string[], bs: readonly string[], rarity: Rarity): Match[] {
  const all = as.flatMap((one, at) =>
    bs.flatMap((other, of): Match[] => {
      const match = matchOne(one, other, rarity);
      return match === null ? [] : [{ at, of, ...match }];
    }),
  );
  const chosen: Match[] = [];
  for (const match of all.sort((a, b) => b.bits - a.bits))
    if (!chosen.some(({ at, of }) => at === match.at || of === match.of)) chosen.push(match);
  return chosen;
}

/** A name that a stray blank parts, or that two columns hold in another order, is still the same. */
export function compareNames(
  as: readonly string[],
  bs: readonly string[],
  rarity: Rarity,
  noun: ComparedNoun,
): Reason | null {
  if (as.length === 0 || bs.length === 0) return null;
  const what = 'name';
  if (as.join('') === bs.join('')) {
    const bits = Math.max(sum(as, rarity), sum(bs, rarity));
    // Companies take care to have a name of their own; people cannot.
    return { what, how: 'same', weight: noun === 'company' ? bits + ownNameBits : bits };
  }
  const matches = align(as, bs, rarity);
  const left = [as.length - matches.length, bs.length - matches.length] as const;
  const bits = matches.reduce((total, match) => total + match.bits, 0);
  const conflicts = Math.min(...left);
  const extra = noun === 'company' ? Math.max(...left) - conflicts : 0;
  const weight = bits + conflicts * conflictBits[noun] + extra * extraBits;
  if (matches.length === 0) return { what, how: 'different', weight };
  const isSwapped = matches.some(({ at, of }) => (at === 0) !== (of === 0)) && as.length > 1 && bs.length > 1;
  const isSame = conflicts === 0 && matches.every(({ how }) => how === 'same');
  const how = isSame
    ? isSwapped
      ? 'swapped'
      : 'same'
    : conflicts > 0 && weight < 3
      ? 'different'
      : matches.some((match) => match.how === 'nickname')
        ? 'nickname'
        : 'alike';
  return { what, how, weight };
}

const sum = (names: readonly string[], rarity: Rarity): number =>
  names.reduce((total, name) => total + rarity.name(name), 0);
