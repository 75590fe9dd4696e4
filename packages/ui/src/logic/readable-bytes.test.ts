import { expect, it } from 'vitest';
import { readableBytes } from './readable-bytes.ts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [2, '2 bytes'],
  [999, '999 bytes'],
  [1500, '1.5 kB'],
  [20_000_000, '20 MB'],
])('says %d bytes as %s', (bytes, words) => {
  expect(readableBytes(bytes)).toBe(words);
});
