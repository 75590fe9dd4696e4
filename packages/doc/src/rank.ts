/**
 * Ranks: fractional indices in base 62, compared as plain strings. A key and not an index, so that two people who
 * insert at one spot offline both survive; jitter makes it likely that they get different keys.
 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base = digits.length;
const jitterDigits = 3;

/** Past this length a lane's ranks are written afresh. */
export const rankLengthLimit = 64;

export const isRank = (raw: unknown): raw is string =>
  typeof raw === 'string' && raw.length > 0 && raw.length <= 4 * rankLengthLimit && /^[0-9A-Za-z]+$/.test(raw);

const digitAt = (rank: string, index: number): number => {
  const char = rank[index];
  return char === undefined ? 0 : digits.indexOf(char);
};
const digit = (value: number): string => digits[value] ?? '0';

/** The shortest string strictly between `low` and `high` (null: open end) that leaves room on both sides. */
function middle(low: string, high: string | null): string {
  let prefix = '';
  let bounded = high !== null;
  for (let i = 0; ; i++) {
    const a = digitAt(low, i);
    const b = bounded ? digitAt(high ?? '', i) : base;
    if (b - a > 1) return prefix + digit(a + Math.floor((b - a) / 2));
    prefix += digit(a);
    // Once below `high` at some digit, only `low` still bounds.
    if (b - a === 1) bounded = false;
  }
}

/** Random digits behind a key. They never end in '0', which would leave no room below the key. */
function jitter(random: () => number): string {
  let tail = '';
  for (let i = 0; i < jitterDigits; i++) tail += digit(Math.floor(random() * base));
  return tail + digit(1 + Math.floor(random() * (base - 1)));
}

/** Whether any key lies between: none does when the keys are equal, in the wrong order, or differ by zeros at the end. */
const hasRoom = (low: string, high: string): boolean =>
  high > low && !(high.startsWith(low) && /^0*$/.test(high.slice(low.length)));

/**
 * A rank between two others; null is the end of the lane. Neighbours that are equal or in the wrong order (other
 * clients' doing) do not throw: the result then sorts right behind `before`, and the caller rebalances the lane.
 */
export function rankBetween(before: string | null, after: string | null, random: () => number): string {
  const low = before ?? '';
  const high = after !== null && hasRoom(low, after) ? after : null;
  return middle(low, high) + jitter(random);
}

/** `count` ranks in order between two others, spread evenly so that they stay short. */
export function ranksBetween(
  before: string | null,
  after: string | null,
  count: number,
  random: () => number,
): string[] {
  if (count <= 0) return [];
  const half = Math.floor(count / 2);
  const mid = rankBetween(before, after, random);
  return [...ranksBetween(before, mid, half, random), mid, ...ranksBetween(mid, after, count - half - 1, random)];
}

export interface Ranked {
  readonly id: string;
  readonly rank: string;
}

/** Order of a lane: by rank, ties by id, the same on every machine (no locale). */
export const byRank = (a: Ranked, b: Ranked): number =>
  a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

/** Whether the lane (in order) needs fresh ranks around a spot: no room between neighbours, or a rank grown too long. */
export const needsRebalance = (before: Ranked | null, after: Ranked | null): boolean =>
  (before !== null && after !== null && !hasRoom(before.rank, after.rank)) ||
  (before?.rank.length ?? 0) > rankLengthLimit ||
  (after?.rank.length ?? 0) > rankLengthLimit;
