import { OperateProblem } from '../problem.ts';

/** What stands where a value's text was. */
export const erasedText = '[erased]';
/** What stands for each UTF-16 unit of text that was typed: such text must keep its length. */
const erasedUnit = '•';

/** Texts to be erased: found whatever their capitals, spaces and kind of Unicode composition. */
export interface Terms {
  readonly texts: readonly string[];
  /** A name of several words may stand in two fields: where it can be parted, in {@link plain} letters. */
  readonly splits: readonly (readonly [before: string, after: string])[];
  /** UTF-16 units that a match can at most have, for looking around a place in long text. */
  readonly longest: number;
  /** A value's text without the terms. */
  inValue(text: string): string;
  /** Typed text, each unit of a term replaced by one of the same length. */
  inTyped(text: string): string;
  /** Where terms stand in a text: from, to. */
  find(text: string): readonly (readonly [number, number])[];
}

/** A term of one or two letters would be found in nearly every word. */
const leastLength = 3;
const mostTerms = 200;
const mostLength = 500;

/** Throws an {@link OperateProblem} for terms that cannot be meant. */
export function makeTerms(given: readonly string[]): Terms {
  const texts = [...new Set(given.map((text) => text.trim()).filter((text) => text !== ''))];
  if (texts.length > mostTerms) throw new OperateProblem(`At most ${mostTerms} texts can be erased at once.`);
  for (const text of texts) {
    if (text.length < leastLength)
      throw new OperateProblem(`“${text}” is too short: it would be erased from the middle of other words.`);
    if (text.length > mostLength)
      throw new OperateProblem(`A text of ${text.length} characters is too long to search for.`);
  }
  const forms = texts.flatMap((text) => [text.normalize('NFC'), text.normalize('NFD')]);
  // The longest first: an address is erased as a whole and not as the name in it.
  const patterns = [...new Set(forms)].sort((a, b) => b.length - a.length).map(patternOf);
  const pattern = patterns.length === 0 ? null : new RegExp(patterns.join('|'), 'giu');
  const replace = (text: string, by: (match: string) => string) =>
    pattern === null ? text : text.replace(pattern, (match) => by(match));
  return {
    texts,
    splits: texts.flatMap((text) => {
      const words = plain(text).split(/,?\s+/u);
      return words.slice(1).map((_, at) => [words.slice(0, at + 1).join(' '), words.slice(at + 1).join(' ')] as const);
    }),
    longest: texts.reduce((most, text) => Math.max(most, text.length * 3 + 16), 0),
    inValue: (text) => replace(text, () => erasedText),
    inTyped: (text) => replace(text, maskTyped),
    find: (text) =>
      pattern === null ? [] : [...text.matchAll(pattern)].map(({ index, 0: match }) => [index, index + match.length]),
  };
}

/** For comparing whole values: composed, in small letters, with single spaces. */
export const plain = (text: string): string => text.normalize('NFC').trim().toLowerCase().replaceAll(/\s+/gu, ' ');

export const maskTyped = (text: string): string => erasedUnit.repeat(text.length);

/** Numbers of telephones are written in many ways: their digits count. */
const phone = /^\+?[\d\s()./-]{7,30}$/u;

function patternOf(text: string): string {
  const digits = text.replaceAll(/\D/g, '');
  if (phone.test(text) && digits.length >= 7) return `(?<!\\d)\\+?${[...digits].join('[\\s()./-]*')}(?!\\d)`;
  return text
    .split(/\s+/u)
    .map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, (sign) => `\\${sign}`))
    .join('\\s+');
}
