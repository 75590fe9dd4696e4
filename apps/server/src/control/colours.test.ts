import { expect, test } from 'vitest';
import { pickColour } from './colours.ts';

test('every colour is used once before any is used twice, and the thirteenth person gets one again', () => {
  const used: number[] = [];
  for (let i = 0; i < 24; i++) used.push(pickColour(used));
  expect(new Set(used.slice(0, 12)).size).toBe(12);
  expect(used.slice(12)).toEqual(used.slice(0, 12));
  expect(pickColour([9, 9, 2])).toBe(5);
});
