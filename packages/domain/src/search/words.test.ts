import { expect, test } from 'vitest';
import { lengthOfPrefix, numbersIn, wordsIn } from './words.ts';

const folded = (text: string) => wordsIn(text).map((word) => word.folded);

test.each([
  ['accents and case', 'Ána ŠORLÍ', ['ana', 'sorli']],
  ['letters that Unicode does not take apart', 'Sørli Straße Łódź', ['sorli', 'strasse', 'lodz']],
  ['an e-mail address', 'ana.sorli@hollin-sons.example', ['ana', 'sorli', 'hollin', 'sons', 'example']],
  ['characters without spaces', '東京Sales部', ['東', '京', 'sales', '部']],
  ['Korean stays whole characters', '한국', ['한', '국']],
  ['Arabic without points and forms of alef', 'أَحْمَد الشَّركة', ['احمد', 'الشركة']],
  ['Arabic digits', '٠١٢٣', ['0123']],
  ['full width', 'ＡＢＣ１２', ['abc12']],
  ['an accent of its own', 'e\u0301te\u0301', ['ete']],
  ['nothing', ' -– …!', []],
  ['a lone surrogate', 'a\ud800b', ['a', 'b']],
])('%s', (_name, text, expected) => {
  expect(folded(text)).toEqual(expected);
});

test('offsets are those of the text as it is written', () => {
  const text = 'Zoë 👋 e\u0301te\u0301s';
  expect(wordsIn(text).map(({ start, end }) => text.slice(start, end))).toEqual(['Zoë', 'e\u0301te\u0301s']);
  expect(lengthOfPrefix('e\u0301te\u0301s', 1)).toBe(2);
  expect(lengthOfPrefix('Straße', 6)).toBe('Straß'.length);
});

test.each([
  ['+47 555 01 234', ['4755501234']],
  ['(0)20-7946 0018 or 12', ['02079460018']],
  ['2026-11-22', ['20261122']],
  ['12 kg', []],
])('a number is one, however it is parted: %s', (text, expected) => {
  expect(numbersIn(text).map(({ digits }) => digits)).toEqual(expected);
});
