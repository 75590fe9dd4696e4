import { describe, expect, it } from 'vitest';
import { edgeSpeed } from './edge-scroll.ts';
import { entriesIn, layoutLane, scrollFor, slotAt } from './lane-layout.ts';

// Three cards of 40, 80 and 40 px with gaps of 6: tops 0, 46, 132; 172 in all.
const heights: Record<string, number> = { a: 40, b: 80, c: 40 };
const layout = layoutLane(['a', 'b', 'c'], (id) => heights[id] ?? 0, 6);

describe('a lane', () => {
  it('stacks its cards', () => {
    expect(layout).toEqual({ starts: [0, 46, 132], heights: [40, 80, 40], totalPx: 172 });
    expect(layoutLane([], () => 1, 6).totalPx).toBe(0);
  });
  it.each([
    [-20, 0, 'above the first'],
    [10, 0, 'upper half of the first'],
    [30, 1, 'lower half of the first'],
    [43, 1, 'in a gap'],
    [60, 1, 'upper half of the second'],
    [90, 2, 'lower half of the second'],
    [160, 3, 'lower half of the last'],
    [9000, 3, 'far below'],
  ])('pointer at %i is slot %i: %s', (y, slot) => {
    expect(slotAt(layout, y)).toBe(slot);
  });
  it('has one slot when empty', () => {
    expect(
      slotAt(
        layoutLane([], () => 1, 6),
        300,
      ),
    ).toBe(0);
  });
  it('draws what the window shows and a little more', () => {
    const long = layoutLane(
      Array.from({ length: 1000 }, (_, i) => String(i)),
      () => 94,
      6,
    );
    expect(entriesIn(long, 5000, 600, 2)).toEqual([48, 59]);
    expect(entriesIn(long, 0, 600, 2)).toEqual([0, 9]);
    expect(
      entriesIn(
        layoutLane([], () => 1, 6),
        0,
        600,
        2,
      ),
    ).toEqual([0, 0]);
  });
  it('scrolls no further than it must', () => {
    expect(scrollFor(layout, 2, 0, 100, 4)).toBe(76);
    expect(scrollFor(layout, 0, 76, 100, 4)).toBe(0);
    expect(scrollFor(layout, 1, 40, 100, 4)).toBe(40);
  });
});

describe('the edge of a list', () => {
  it('pulls harder the further out the pointer is', () => {
    expect(edgeSpeed(300, 0, 600)).toBe(0);
    expect(edgeSpeed(590, 0, 600)).toBeGreaterThan(edgeSpeed(560, 0, 600));
    expect(edgeSpeed(-50, 0, 600)).toBe(-1400);
  });
});
