import { expect, it } from 'vitest';
import { weightedText } from './weighted-text.ts';

it.each([
  [0, 'EUR', '€0'],
  [1250, 'EUR', '€12.50'],
  [4_112_343_750, 'EUR', '€41,123,438'],
  [-1_234_560, 'EUR', '-€12,346'],
  [12_345, 'JPY', '¥12,345'],
])('%d minor units of %s are said as %s', (minor, currency, text) => {
  expect(weightedText({ minor, currency }, 'en')).toBe(text);
});
