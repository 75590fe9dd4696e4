import { describe, expect, it } from 'vitest';
import {
  cardRange,
  carryStep,
  focusStep,
  isSamePlace,
  movedOrder,
  neighboursAt,
  spokenPosition,
} from './card-moves.ts';

const lists: Record<string, string[]> = { one: [...'abcd'], two: [...'ef'], none: [], three: [...'g'] };
const lanes = Object.keys(lists);
const cardsOf = (lane: string) => lists[lane] ?? [];

describe('a drop', () => {
  it.each([
    ['top', 'x', 0, { afterId: null, beforeId: 'a' }],
    ['between', 'x', 2, { afterId: 'b', beforeId: 'c' }],
    ['end', 'x', 4, { afterId: 'd', beforeId: null }],
    ['past the end', 'x', 9, { afterId: 'd', beforeId: null }],
    ['beside itself, above', 'b', 1, { afterId: 'a', beforeId: 'c' }],
    ['beside itself, below', 'b', 2, { afterId: 'a', beforeId: 'c' }],
    ['among carried neighbours', 'bc', 2, { afterId: 'a', beforeId: 'd' }],
  ])('finds the neighbours at %s', (_, moving, slot, expected) => {
    expect(neighboursAt(cardsOf('one'), new Set(moving), slot)).toEqual(expected);
  });

  it.each([
    ['b', 1, true],
    ['b', 2, true],
    ['b', 0, false],
    ['bc', 2, true],
    ['bd', 2, false],
    ['e', 0, false],
  ])('of %s in slot %i changes nothing: %s', (ids, slot, same) => {
    expect(isSamePlace(cardsOf('one'), [...ids], slot)).toBe(same);
  });

  it('keeps the order of the cards that stay', () => {
    expect(movedOrder(cardsOf('one'), ['d', 'a'], 2).join('')).toBe('bdac');
  });

  it('counts positions among the cards that will be there', () => {
    expect(spokenPosition(cardsOf('two'), ['a'], 1)).toEqual({ position: 2, count: 3 });
    expect(spokenPosition(cardsOf('one'), ['a'], 1)).toEqual({ position: 1, count: 4 });
  });
});

describe('carrying by keyboard', () => {
  const step = (key: string, laneId: string, slot: number, ids = 'b') =>
    carryStep(key, { laneId, slot }, lanes, cardsOf, [...ids]);
  it('moves one place a press, past its own slot', () => {
    expect(step('ArrowDown', 'one', 1)).toEqual({ laneId: 'one', slot: 3 });
    expect(step('ArrowUp', 'one', 1)).toEqual({ laneId: 'one', slot: 0 });
  });
  it('stops at the ends', () => {
    expect(step('ArrowUp', 'one', 0)).toBeUndefined();
    expect(step('ArrowDown', 'one', 4)).toBeUndefined();
    expect(step('ArrowLeft', 'one', 1)).toBeUndefined();
  });
  it('crosses to any lane, empty ones too', () => {
    expect(step('ArrowRight', 'one', 1)).toEqual({ laneId: 'two', slot: 1 });
    expect(step('ArrowRight', 'two', 1)).toEqual({ laneId: 'none', slot: 0 });
  });
});

describe('focus', () => {
  it.each([
    ['ArrowDown', 'a', 'b'],
    ['ArrowUp', 'a', undefined],
    ['ArrowRight', 'd', 'f'],
    ['ArrowRight', 'f', 'g'],
    ['ArrowLeft', 'g', 'e'],
    ['End', 'a', 'd'],
    ['Home', 'd', 'a'],
    ['x', 'd', undefined],
  ])('%s from %s goes to %s', (key, from, to) => {
    expect(focusStep(key, from, lanes, cardsOf)).toBe(to);
  });
  it('selects a range within a lane only', () => {
    expect(cardRange('d', 'b', lanes, cardsOf)).toEqual(['b', 'c', 'd']);
    expect(cardRange('a', 'e', lanes, cardsOf)).toEqual(['e']);
    expect(cardRange(undefined, 'e', lanes, cardsOf)).toEqual(['e']);
  });
});
