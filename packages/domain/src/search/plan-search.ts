import { shortestFragment } from './record-texts.ts';
import { numbersIn, wordsIn } from './words.ts';

/** One thing that a record must have: a word's beginning, or characters in this order. */
export interface Wanted {
  readonly kind: 'word' | 'characters';
  readonly folded: string;
  /** Of `characters`: one by one. */
  readonly characters: readonly string[];
}

const mostWanted = 8;

/** What somebody asks for. A telephone number is one thing, however it is parted. */
export function planSearch(q: string): Wanted[] {
  const numbers = numbersIn(q);
  const wanted: Wanted[] = numbers.map(({ digits }) => ({
    kind: 'word',
    folded: digits.replace(/^0+/, '') || digits,
    characters: [],
  }));
  let characters: string[] = [];
  let lastEnd = -1;
  const endCharacters = () => {
    if (characters.length > 0) wanted.push({ kind: 'characters', folded: characters.join(''), characters });
    characters = [];
  };
  for (const { folded, start, end, isCharacter } of wordsIn(q)) {
    if (numbers.some((number) => start >= number.start && end <= number.end)) continue;
    if (!isCharacter || start !== lastEnd) endCharacters();
    if (isCharacter) characters.push(folded);
    else wanted.push({ kind: 'word', folded, characters: [] });
    lastEnd = end;
  }
  endCharacters();
  return wanted.slice(0, mostWanted);
}

// Words hold letters and digits only; quotes keep AND, OR and NOT from being taken for operators.
const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** FTS5: the word as it stands. */
export const whole = ({ kind, folded, characters }: Wanted): string =>
  kind === 'word' ? quoted(folded) : quoted(characters.join(' '));

/** FTS5: words that begin with it. */
export const beginning = (wanted: Wanted): string => (wanted.kind === 'word' ? `${whole(wanted)} *` : whole(wanted));

/** FTS5: its beginning, or one of these words. */
export const oneOf = (wanted: Wanted, words: readonly string[]): string =>
  `(${[beginning(wanted), ...words.map(quoted)].join(' OR ')})`;

/** FTS5 on words: those that have this fragment anywhere; null when it is too short. */
export const withFragment = ({ kind, folded }: Wanted): string | null =>
  kind === 'word' && folded.length >= shortestFragment ? quoted(folded) : null;

/** FTS5 on words: those that share a trigram; null when it has too few letters for a slip. */
export function withTrigrams({ kind, folded }: Wanted): string | null {
  if (kind !== 'word' || folded.length < 4) return null;
  const letters = [...`^${folded}$`];
  const trigrams = letters.slice(0, -2).map((letter, at) => `${letter}${letters[at + 1]}${letters[at + 2]}`);
  return [...new Set(trigrams)].map(quoted).join(' OR ');
}
