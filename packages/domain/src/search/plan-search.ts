import { slipsAllowed } from './nearly-same.ts';
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

/** Where to look for what may be meant by a word with a slip in it. */
export interface NearPlan {
  /** It was typed right up to here: words that begin so. */
  readonly beginning: string;
  /** The slip was at the beginning: FTS5 on words that have one of these fragments. */
  readonly fragments: readonly string[];
}

/**
 * A slip is either behind the third letter, and the beginning is right, or before, and what follows is; of two slips a
 * piece between or behind them is. So few words have to be compared. Null where no slip is allowed.
 */
export function planNear({ kind, folded }: Wanted): NearPlan | null {
  const slips = kind === 'word' && !/^\d+$/.test(folded) ? slipsAllowed(folded.length) : 0;
  if (slips === 0) return null;
  const framed = `${folded}$`;
  // Behind the slip, also where it swapped the third letter with the fourth.
  const behind = [framed.length > 6 ? folded.slice(3) : framed.slice(-3), folded.slice(4)];
  const between = slips > 1 ? [folded.slice(3, 6), folded.slice(5, 8), folded.slice(-3)] : [];
  const fragments = [...behind, ...between].filter((fragment) => fragment.length >= shortestFragment);
  return { beginning: folded.slice(0, 3), fragments: [...new Set(fragments)].map(quoted) };
}
