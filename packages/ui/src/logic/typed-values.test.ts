import { describe, expect, it } from 'vitest';
import { addMonths, monthGrid, parseDay, weekdayNames } from './dates.ts';
import { matching } from './matching.ts';
import { formatMoney, parseMoney } from './money.ts';
import { parseNumber } from './number-input.ts';
import { initials, personClass } from './person.ts';
import { place } from './place.ts';
import { nextIndex, typeAhead } from './roving.ts';
import { filledArc } from './stage-arc.ts';

describe('numbers as typed', () => {
  it.each([
    ['€40,000', 'en', 40_000],
    ['40.000,50', 'de', 40_000.5],
    ['40.000', 'de', 40_000],
    ['40.000', 'en', 40],
    ['1 234,5', 'fr', 1234.5],
    ['40k', 'en', 40_000],
    ['1.2m', 'en', 1_200_000],
    ['-5', 'en', -5],
    ['(50)', 'en', -50],
    ['EUR 12.50', 'en', 12.5],
    ["12'500", 'de-CH', 12_500],
    ['', 'en', null],
    ['forty', 'en', undefined],
    ['1e5', 'en', undefined],
  ])('%s in %s', (text, locale, expected) => {
    expect(parseNumber(text, locale)).toBe(expected);
  });
  it('money keeps cents exact', () => {
    expect(parseMoney('1.005', 'EUR')).toBe(101);
    expect(parseMoney('40k', 'EUR')).toBe(4_000_000);
    expect(parseMoney('500', 'JPY')).toBe(500);
    expect(formatMoney(4_000_000, 'EUR')).toBe('€40,000');
    expect(formatMoney(1250, 'EUR')).toBe('€12.50');
  });
});

describe('days as typed', () => {
  // A Saturday.
  const today = '2026-11-21';
  it.each([
    ['today', '2026-11-21'],
    ['tomorrow', '2026-11-22'],
    ['fri', '2026-11-27'],
    ['sat', '2026-11-28'],
    ['+3', '2026-11-24'],
    ['+2w', '2026-12-05'],
    ['24.11.', '2026-11-24'],
    ['24 Nov', '2026-11-24'],
    ['nov 24, 2027', '2027-11-24'],
    ['3 feb', '2027-02-03'],
    ['2026-02-31', undefined],
    ['31.12.27', '2027-12-31'],
    ['', null],
    ['soon', undefined],
  ])('%s', (text, expected) => {
    expect(parseDay(text, today)).toBe(expected);
  });
  it('a slash goes by the locale', () => {
    expect(parseDay('11/12/2026', today, 'en-US')).toBe('2026-11-12');
    expect(parseDay('11/12/2026', today, 'en-GB')).toBe('2026-12-11');
  });
  it('months end where they end', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(monthGrid('2026-11-21', 1)[0]?.[0]).toBe('2026-10-26');
    expect(monthGrid('2026-11-21', 7)[0]?.[0]).toBe('2026-11-01');
    expect(weekdayNames('en', 1)[0]).toBe('Mo');
  });
});

describe('lists', () => {
  it('skip what cannot be reached, and wrap', () => {
    expect(nextIndex('ArrowDown', 0, 3, { isReachable: (i) => i !== 1 })).toBe(2);
    expect(nextIndex('ArrowDown', 2, 3, { wraps: true })).toBe(0);
    expect(nextIndex('ArrowDown', 2, 3)).toBeUndefined();
    expect(nextIndex('ArrowRight', 0, 3)).toBeUndefined();
    expect(nextIndex('End', 0, 3)).toBe(2);
    expect(nextIndex('PageDown', 1, 30, { pageSize: 8 })).toBe(9);
    expect(nextIndex('PageDown', 28, 30, { pageSize: 8 })).toBe(29);
  });
  it('are found by typing', () => {
    expect(typeAhead(['Ana', 'Ben', 'Abe'], 'a', 0)).toBe(2);
    expect(matching(['Sørli Ana', 'Anaïs', 'Ben'], 'ana', (x) => x)).toEqual(['Anaïs', 'Sørli Ana']);
  });
});

describe('marks', () => {
  it('initials, colours, rings', () => {
    expect(initials('Ana Maria Sørli')).toBe('AS');
    expect(initials('  ')).toBe('');
    expect([personClass(1), personClass(12), personClass(13), personClass(0)]).toEqual(['p1', 'p12', 'p1', 'p12']);
    expect(filledArc(50)).toBe(6.28);
    expect(filledArc(150)).toBe(12.57);
  });
});

describe('a floating box', () => {
  const view = { width: 1000, height: 600 };
  it('turns where it has more room and stays on screen', () => {
    expect(place({ left: 10, top: 10, width: 50, height: 20 }, { width: 200, height: 100 }, view)).toMatchObject({
      left: 10,
      top: 34,
      side: 'bottom',
    });
    expect(place({ left: 900, top: 560, width: 50, height: 20 }, { width: 200, height: 100 }, view)).toMatchObject({
      left: 792,
      top: 456,
      side: 'top',
    });
    expect(place({ left: 10, top: 250, width: 50, height: 20 }, { width: 200, height: 900 }, view).maxHeight).toBe(318);
  });
});
