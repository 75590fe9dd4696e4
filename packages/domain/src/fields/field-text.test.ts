import { expect, it } from 'vitest';
import {
  dayOfInstant,
  dueText,
  instantOfDay,
  instantText,
  localDay,
  moneyText,
  readMoney,
  whenText,
} from './field-text.ts';
import { ageText } from '../deals/deal-text.ts';

it.each<[string, number | null, string?]>([
  ['48200', 4_820_000],
  ['48,200', 4_820_000],
  ['48.200', 4_820_000],
  ['48.200,50', 4_820_050],
  ['48,200.50', 4_820_050],
  ['€ 1 200', 120_000],
  ["1'200.05", 120_005],
  ['12.5', 1250],
  ['12,5', 1250],
  ['1.234.567', 123_456_700],
  ['12k', 1_200_000],
  ['1.125m', 112_500_000],
  ['-5', -500],
  ['USD 300', 30_000, 'USD'],
  ['300 JPY', 300, 'JPY'],
  ['', null],
  ['twelve', null],
  ['1e999', null],
  ['99999999999999999', null],
])('reads %s', (typed, minor, currency = 'EUR') =>
  expect(readMoney(typed, 'EUR')).toEqual(minor === null ? null : { minor, currency }),
);

it('shows cents only where there are some', () => {
  expect(moneyText({ minor: 4_820_000, currency: 'EUR' }, 'en')).toBe('€48,200');
  expect(moneyText({ minor: 1250, currency: 'EUR' }, 'en')).toBe('€12.50');
  expect(moneyText({ minor: 300, currency: 'JPY' }, 'en')).toBe('¥300');
});

it.each([
  [10_000, 'now'],
  [31 * 60_000, '31m'],
  [5 * 3_600_000, '5h'],
  [6.5 * 86_400_000, '6d'],
])('an age of %i ms is %s', (span, text) => expect(ageText(0, span)).toBe(text));

it.each([
  ['2026-11-18', 'Today'],
  ['2026-11-19', 'Tomorrow'],
  ['2026-11-17', 'Yesterday'],
  ['2027-01-02', 'Jan 2'],
])('%s is %s', (due, text) => expect(dueText(due, '2026-11-18', 'en')).toBe(text));

it('an instant at midnight UTC is that calendar day, any other one is in the zone of the person', () => {
  const midnight = instantOfDay('2026-03-01');
  expect(dayOfInstant(midnight)).toBe('2026-03-01');
  expect(instantText(midnight, 'en')).toBe('Mar 1, 2026');
  expect(whenText(midnight, Date.parse('2027-03-01T12:00:00Z'), 'en')).toBe('Mar 1, 2026');
  expect(dayOfInstant(midnight + 1)).toBe(localDay(midnight + 1));
  expect(instantText(midnight + 60_000, 'en')).toMatch(/\d:\d\d/);
});
