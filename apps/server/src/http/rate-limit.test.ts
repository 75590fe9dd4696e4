import { expect, test } from 'vitest';
import { makeRateLimit } from './rate-limit.ts';

test('a burst, then the sustained rate, each key by itself', () => {
  let now = 0;
  const limit = makeRateLimit({ perSecond: 2, burst: 3, now: () => now });
  const taken = (key: string, times: number) => Array.from({ length: times }, () => limit.take(key).ok);
  expect(taken('a', 4)).toEqual([true, true, true, false]);
  expect(limit.take('a')).toEqual({ ok: false, retryAfterSeconds: 1 });
  expect([limit.hasRoom('a'), limit.hasRoom('b')]).toEqual([false, true]);
  now = 1000;
  expect(taken('a', 3)).toEqual([true, true, false]);
  now = 60_000;
  expect(taken('a', 4)).toEqual([true, true, true, false]);
});
