import { expect, test } from 'vitest';
import { makeCommitTimes } from './commit-times.ts';

test('quantiles are of the last thousand commits of one file', () => {
  const told: number[] = [];
  const times = makeCommitTimes((ms) => told.push(ms));
  expect(times.of('a')).toEqual({ count: 0, p50Ms: null, p99Ms: null, slowestMs: null });
  times.add('b', 7);
  for (let ms = 1; ms <= 3; ms++) times.add('a', ms);
  expect(times.of('a')).toEqual({ count: 3, p50Ms: 2, p99Ms: 3, slowestMs: 3 });
  for (let ms = 1; ms <= 1000; ms++) times.add('a', ms);
  expect(times.of('a')).toEqual({ count: 1003, p50Ms: 500, p99Ms: 990, slowestMs: 1000 });
  expect(told).toHaveLength(1004);
});
