/** A word of a text, as it is searched. `start` and `end` are UTF-16 offsets in the text. */
export interface Word {
  /** Letters and digits only: without case, accents and width. */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** Of scripts without spaces between words: one character, which goes with its neighbours. */
  readonly isCharacter: boolean;
}

const run = /[\p{L}\p{N}\p{M}]+/gu;
const unspaced =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;
/** Accents and vowel points. In scripts where a mark is a letter of its own, it stays. */
const accents = /[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}]/u;
const mark = /\p{Mn}/u;
/** Letters that Unicode does not take apart. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ـ: '',
  ى: 'ي',
};
/** Where other scripts' digits begin; ten follow. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50];
const longestWord = 64;

const folds = new Map<string, string>();
const keptFolds = 5000;

function foldCharacter(character: string): string {
  const known = folds.get(character);
  if (known !== undefined) return known;
  let folded = '';
  for (const part of character.normalize('NFKD').toLowerCase()) {
    if (mark.test(part) && accents.test(part)) continue;
    const code = part.codePointAt(0) ?? 0;
    const zero = zeros.find((each) => code >= each && code < each + 10);
    folded += zero === undefined ? (plain[part] ?? part) : String(code - zero);
  }
  folded = folded.normalize('NFC');
  if (folds.size < keptFolds) folds.set(character, folded);
  return folded;
}

/** The words of a text in order. What is neither letter nor digit only parts them. */
export function wordsIn(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(run)) {
    let folded = '';
    let start = match.index;
    let at = start;
    const end = () => {
      if (folded !== '') words.push({ folded: folded.slice(0, longestWord), start, end: at, isCharacter: false });
      folded = '';
    };
    for (const character of match[0]) {
      const next = at + character.length;
      if (unspaced.test(character)) {
        end();
        const alone = foldCharacter(character);
        if (alone !== '') words.push({ folded: alone, start: at, end: next, isCharacter: true });
        start = next;
      } else folded += foldCharacter(character);
      at = next;
    }
    end();
  }
  return words;
}

/** How much of a word's text makes the first `count` folded characters; for marking the beginning of a word. */
export function lengthOfPrefix(text: string, count: number): number {
  let length = 0;
  let folded = 0;
  for (const character of text) {
    const size = foldCharacter(character).length;
    // An accent that is a character of its own belongs to the letter before it.
    if (folded >= count && size > 0) break;
    folded += size;
    length += character.length;
  }
  return length;
}

/** Runs of digits as they are dialled: parted by spaces, dots, dashes, slashes, brackets, one plus in front. */
const dialled = /\+?\p{Nd}[\p{Nd}\s().\-/–]{3,}\p{Nd}/gu;

export interface Number {
  /** Digits only. */
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Telephone numbers and the like, each as one number however it is parted. */
export function numbersIn(text: string): Number[] {
  return [...text.matchAll(dialled)].flatMap(({ 0: found, index: start }) => {
    const digits = wordsIn(found)
      .map(({ folded }) => folded)
      .join('');
    const end = start + found.length;
    return /^\d{5,}$/.test(digits) ? [{ digits: digits.slice(0, longestWord), start, end }] : [];
  });
}
