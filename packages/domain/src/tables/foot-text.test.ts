import { expect, it } from 'vitest';
import { filledText, footText } from './foot-text.ts';

const sums = { EUR: { sum: 123_456_789_00, count: 50 }, JPY: { sum: 5_000_000, count: 3 } };
const digits = (currency: string) => (currency === 'JPY' ? 0 : 2);

it.each([
  [{}, 150, ''],
  [{ '': { sum: 5200, count: 4 } }, 150, 'Σ 5,200 · Ø 1,300'],
  [{ '': { sum: 5200, count: 4 } }, 100, 'Σ 5,200'],
  [sums, 600, 'Σ €123,456,789 · ¥5,000,000 · Ø €2,469,136 · ¥1,666,667'],
  [sums, 200, 'Σ €123,456,789 · ¥5,000,000'],
  [sums, 110, 'Σ €123.5M +1'],
  // The narrowest that there is.
  [sums, 60, '€123.5M +1'],
])('%j in %d pixels is %s', (given, widthPx, shown) => {
  const foot = footText(given, widthPx, digits);
  expect(foot.shown).toBe(shown);
  // Whatever is shown, all of it can be read.
  if (shown !== '') expect(foot.whole).toMatch(/^Σ .* · Ø /);
});

it.each([
  [0, 10, ''],
  [0, 0, ''],
  [6, 5206, '<1% filled'],
  [5, 10, '50% filled'],
  [5205, 5206, '>99% filled'],
  [10, 10, '100% filled'],
])('%d of %d: %s', (filled, total, text) => expect(filledText(filled, total)).toBe(text));
