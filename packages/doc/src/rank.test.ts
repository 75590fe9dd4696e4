import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byRank, isRank, needsRebalance, rankBetween, rankLengthLimit, ranksBetween } from './rank.ts';

const random = () => fc.nat(999_999).map((n) => n / 1_000_000);
const source = (values: readonly number[]) => {
  let at = 0;
  return () => values[at++ % values.length] ?? 0;
};

describe('ranks', () => {
  test('a rank between two others sorts between them, at any depth', () => {
    fc.assert(
      fc.property(
        fc.array(random(), { minLength: 5, maxLength: 40 }),
        fc.array(fc.nat(60), { minLength: 1, maxLength: 60 }),
        (numbers, slots) => {
          const next = source(numbers);
          const lane: string[] = [];
          for (const slot of slots) {
            const at = slot % (lane.length + 1);
            const rank = rankBetween(lane[at - 1] ?? null, lane[at] ?? null, next);
            expect(isRank(rank)).toBe(true);
            lane.splice(at, 0, rank);
          }
          expect(lane.toSorted()).toEqual(lane);
          expect(new Set(lane).size).toBe(lane.length);
        },
      ),
    );
  });

  test('many at once stand in order between their neighbours and stay short', () => {
    const ranks = ranksBetween('A', 'B', 10_000, Math.random);
    expect(ranks.toSorted()).toEqual(ranks);
    expect(ranks.every((rank) => rank > 'A' && rank < 'B')).toBe(true);
    expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThan(rankLengthLimit);
  });

  test.each([
    ['equal', 'V', 'V'],
    ['in the wrong order', 'W', 'V'],
    ['with nothing in between', 'V', 'V0'],
  ])('neighbours that are %s do not throw; the lane asks to be ranked afresh', (_name, before, after) => {
    const rank = rankBetween(before, after, Math.random);
    expect(rank > before).toBe(true);
    expect(needsRebalance({ id: 'a', rank: before }, { id: 'b', rank: after })).toBe(true);
  });

  test('a rank that grew past the limit asks for fresh ones', () => {
    expect(needsRebalance({ id: 'a', rank: 'V'.repeat(rankLengthLimit + 1) }, null)).toBe(true);
  });

  test('equal ranks are ordered by id, so that every machine shows one order', () => {
    expect(
      [
        { id: 'b', rank: 'V' },
        { id: 'a', rank: 'V' },
        { id: 'c', rank: 'A' },
      ]
        .sort(byRank)
        .map(({ id }) => id),
    ).toEqual(['c', 'a', 'b']);
  });
});
