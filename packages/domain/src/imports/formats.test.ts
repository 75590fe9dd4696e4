import { describe, expect, test } from 'vitest';
import { date, money } from '@rapport/schema/fields';
import { columnKind } from './column-kind.ts';
import { readDate, type DateFormat } from './date-format.ts';
import { decimalToMinor, readNumber, type NumberFormat } from './number-format.ts';
import { formatOf, readCell } from './read-rows.ts';

const profile = (values: readonly string[]) => {
  const counts = new Map(values.map((value) => [value, 1]));
  return { column: 'C', index: 0, counts, filled: values.length, kind: columnKind(values, values.length) };
};
const dateOf = (values: readonly string[], given?: string) =>
  formatOf(profile(values), date({ label: 'D' }), given, 'D');
const numberOf = (values: readonly string[], given?: string) =>
  formatOf(profile(values), money({ label: 'M' }), given, 'M');

describe('a date in a format', () => {
  test.each<[string, DateFormat, string | null]>([
    ['2017-03-01', 'ymd', '2017-03-01T00:00:00.000Z'],
    ['2017/3/1', 'ymd', '2017-03-01T00:00:00.000Z'],
    ['20170301', 'ymd', '2017-03-01T00:00:00.000Z'],
    ['2017-03-01T10:30:00Z', 'ymd', '2017-03-01T10:30:00.000Z'],
    ['2017-03-01 10:30:00+02:00', 'ymd', '2017-03-01T08:30:00.000Z'],
    ['2017-03-01 10:30', 'ymd', '2017-03-01T10:30:00.000Z'],
    ['1.3.2017', 'dmy', '2017-03-01T00:00:00.000Z'],
    ['01.03.17 14:05 Uhr', 'dmy', '2017-03-01T14:05:00.000Z'],
    ['3/1/2017 2:30 PM', 'mdy', '2017-03-01T14:30:00.000Z'],
    ['12/31/1999 12:00 am', 'mdy', '1999-12-31T00:00:00.000Z'],
    ['3. März 2025', 'dmy', '2025-03-03T00:00:00.000Z'],
    ['Mar 3, 2025', 'mdy', '2025-03-03T00:00:00.000Z'],
    ['3-Mar-25', 'dmy', '2025-03-03T00:00:00.000Z'],
    ['Mon, 3 Mar 2025 10:00:00 GMT', 'dmy', '2025-03-03T10:00:00.000Z'],
    ['45000', 'serial', '2023-03-15T00:00:00.000Z'],
    ['1488326400000', 'epochMs', '2017-03-01T00:00:00.000Z'],
    ['1488326400', 'epochSeconds', '2017-03-01T00:00:00.000Z'],
    ['31/02/2025', 'dmy', null],
    ['13/13/2025', 'mdy', null],
    ['3.4.2025', 'mdy', null],
    ['soon', 'dmy', null],
    ['2025-03-03 25:00', 'ymd', null],
    ['', 'ymd', null],
  ])('%s as %s', (text, format, iso) => {
    const read = readDate(text, format);
    expect(read && new Date(read.ms).toISOString()).toBe(iso);
  });
});

describe('a number in a format', () => {
  test.each<[string, string | null, string | null]>([
    // text, with a decimal point, with a decimal comma
    ['1,234.50', '1234.50', null],
    ['1.234,50', null, '1234.50'],
    ['1 234,50', '1234.50', '1234.50'],
    ['1 234,50', '1234.50', '1234.50'],
    ["1'234.50", '1234.50', '1234.50'],
    ['(1,234)', '-1234', '-1.234'],
    ['-1,234', '-1234', '-1.234'],
    ['1234-', '-1234', '-1234'],
    ['€ 1.234', '1.234', '1234'],
    ['1.234,- €', null, '1234'],
    ['$1,234.56', '1234.56', null],
    ['US$ 5', '5', '5'],
    ['(€1,234.00)', '-1234.00', null],
    ['1,234,567', '1234567', null],
    ['.5', '0.5', null],
    ['0', '0', '0'],
    ['-0', '0', '0'],
    ['12,34,567.00', '1234567.00', null],
    ['1.2M', null, null],
    ['12 34', null, null],
    ['1e5', null, null],
    ['=1+1', null, null],
    ['n/a', null, null],
  ])('%s', (text, point, comma) => {
    const read = (format: NumberFormat) => readNumber(text, format)?.decimal ?? null;
    expect([read('decimalPoint'), read('decimalComma')]).toEqual([point, comma]);
  });

  test.each<[string, string, number | null]>([
    ['1234.5', 'EUR', 123_450],
    ['1234', 'JPY', 1234],
    ['1234.5', 'JPY', 1235],
    ['1.2345', 'KWD', 1235],
    ['-0.005', 'EUR', -1],
    ['90071992547409.91', 'EUR', 9_007_199_254_740_991],
    ['99999999999999999', 'EUR', null],
  ])('%s %s in minor units', (decimal, currency, minor) => {
    expect(decimalToMinor(decimal, currency)).toBe(minor);
  });

  test('the currency beside the amount', () => {
    const currency = (text: string) => readNumber(text, 'decimalPoint')?.currency;
    expect(['€5', '5 CHF', 'GBP 5', '5 zł', '$5', '5'].map(currency)).toEqual(['EUR', 'CHF', 'GBP', 'PLN', '$', null]);
  });
});

describe('the format of a column', () => {
  test.each<[string, readonly string[], string | null]>([
    ['a day past 12 decides', ['03/04/2025', '13/04/2025'], 'dmy'],
    ['a month that cannot be', ['03/04/2025', '03/31/2025'], 'mdy'],
    ['dots are days first', ['03.04.2025'], 'dmy'],
    ['ISO', ['2025-03-04', ''], 'ymd'],
    ['the same either way', ['03/03/2025', '4/4/2025'], 'dmy'],
    ['one bad row does not matter', ['2025-03-04', 'tbd', '2025-13-01'], 'ymd'],
    ['day numbers', ['45000', '45001.5'], 'serial'],
    ['words that mean nothing', ['-', 'n/a', '2025-03-04'], 'ymd'],
    ['no date at all', ['soon', 'later'], null],
  ])('dates: %s', (_name, values, format) => {
    expect(dateOf(values.filter((value) => value !== ''))).toEqual({ format });
  });

  test('dates that can be read in two ways are a question', () => {
    const { format, question } = dateOf(['03/04/2025', '05/06/2025']);
    expect(format).toBeNull();
    expect(question?.options.map((option) => option.format)).toEqual(['dmy', 'mdy']);
    expect(question?.options[0]?.label).toContain('03/04/2025 is 2025-04-03');
  });

  test('rows that contradict each other are a question', () => {
    expect(dateOf(['13/04/2025', '04/13/2025']).question).toBeDefined();
    expect(numberOf(['1.234.567', '12.50']).question).toBeDefined();
  });

  test.each<[string, readonly string[], string]>([
    ['cents decide', ['1,234', '12.50'], 'decimalPoint'],
    ['a comma before two digits', ['1.234', '12,50'], 'decimalComma'],
    ['plain integers', ['1234', '5'], 'decimalPoint'],
    ['two groups', ['1.234.567', '1.234'], 'decimalComma'],
  ])('amounts: %s', (_name, values, format) => expect(numberOf(values)).toEqual({ format }));

  test('1,234 alone is a question, and an answer settles it', () => {
    expect(numberOf(['1,234', '5']).question?.options.map(({ format }) => format)).toEqual([
      'decimalPoint',
      'decimalComma',
    ]);
    expect(numberOf(['1,234', '5'], 'decimalComma')).toEqual({ format: 'decimalComma' });
  });
});

test('cells say what is wrong with them', () => {
  const cell = (text: string, format: DateFormat | NumberFormat) =>
    readCell(
      text,
      { spec: format.startsWith('decimal') ? money({ label: 'M' }) : date({ label: 'D' }), format },
      'EUR',
    );
  expect(cell('n/a', 'ymd')).toEqual({ value: null });
  expect(cell('$ 1,000', 'decimalPoint')).toEqual({ value: { minor: 100_000, currency: 'EUR' } });
  expect(cell('£ 1,000', 'decimalPoint')).toEqual({ value: { minor: 100_000, currency: 'GBP' } });
  expect(cell('call me', 'decimalPoint').problem).toBe('“call me” is not an amount');
  expect(cell('2025-02-30', 'ymd').problem).toContain('is not a date');
});
