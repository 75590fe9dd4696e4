import { expect, test } from 'vitest';
import { defaultLimits, limitsFromEnv, limitVariables } from './limits.ts';
import { makeRateLimit } from './rate-limit.ts';

test('limits come from their variables, and a wrong value names its variable', () => {
  expect(limitsFromEnv({})).toEqual(defaultLimits);
  const env = Object.fromEntries(Object.values(limitVariables).map((name, i) => [name, String(i + 1)]));
  expect(Object.values(limitsFromEnv(env))).toEqual(Object.keys(limitVariables).map((_, i) => i + 1));
  for (const wrong of ['0', '-1', '1.5', 'many', '1e99']) {
    expect(() => limitsFromEnv({ LIMIT_FRAME_BYTES: wrong })).toThrow('LIMIT_FRAME_BYTES');
  }
});

test('a rate limit lets a burst through, then its rate, and stands a clock that steps back', () => {
  const allow = makeRateLimit(10, 3, 0);
  expect([allow(0), allow(0), allow(0), allow(0)]).toEqual([true, true, true, false]);
  expect([allow(100), allow(100)]).toEqual([true, false]);
  expect([allow(50), allow(50)]).toEqual([false, false]);
});
