import { distance } from 'fastest-levenshtein';

/** How many slips of the finger a word of this length may hold and still be meant. */
export const slipsAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/** Whether one is the other with two neighbouring letters swapped. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/**
 * How many slips lie between what was typed and the beginning of a word or all of it; null when it is not meant. The
 * whole word is compared, and its beginning, because people search before they have typed to the end.
 */
export function slipsBetween(typed: string, word: string): number | null {
  const allowed = slipsAllowed(typed.length);
  // A slip in a telephone number is another number.
  if (allowed === 0 || /^\d+$/.test(typed)) return null;
  let fewest = allowed + 1;
  for (const length of [word.length, typed.length - 1, typed.length, typed.length + 1]) {
    if (length > word.length || length < 1) continue;
    const part = word.slice(0, length);
    fewest = Math.min(fewest, isSwapped(typed, part) ? 1 : distance(typed, part));
  }
  return fewest <= allowed ? fewest : null;
}
