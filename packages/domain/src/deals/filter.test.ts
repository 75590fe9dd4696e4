import { describe, expect, it } from 'vitest';
import { select } from '@rapport/schema/fields';
import type { FilterContext } from './filter.ts';
import { makeMatcher, makeSorter, meets, meetsChip } from './filter.ts';
import { readDeal } from './read.ts';
import { readStage } from '../boards/read.ts';
import type { ChipId } from '../boards/schema.ts';
import { dealType } from './deal-type.ts';
import type { Filter, Sort } from './view-state.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-18T12:00:00');
const stage = readStage('s1', { name: 'Proposal', rotDays: 10, rank: 'V' });
const context: FilterContext = {
  me: 'noor',
  type: dealType,
  now,
  today: '2026-11-18',
  currency: 'EUR',
  custom: { tier: select({ label: 'Tier', options: [{ id: 'a', label: 'A' }] }) },
  stage: (id) => (id === 's1' ? stage : undefined),
  signals: (id) =>
    id === 'old' ? { stageSince: 0, touchedAt: now - 12 * dayMs, touchedBy: null, touchedWhat: '' } : undefined,
  nameOf: (id) => ({ noor: 'Noor', ana: 'Ana' })[id] ?? id,
};
const deal = (id: string, raw: object = {}) =>
  readDeal(id, { title: id, place: ['s1', 'V'], createdAt: now, ...raw }, context.custom);
const eur = (minor: number) => ({ value: { minor, currency: 'EUR' } });

describe('conditions', () => {
  it.each<[string, object, Filter, boolean]>([
    ['any of the labels', { labels: ['x', 'y'] }, { field: 'labels', op: 'is', values: ['y', 'z'] }, true],
    ['none of the labels', { labels: ['x'] }, { field: 'labels', op: 'not', values: ['x'] }, false],
    ['empty owner is not Ana', {}, { field: 'owner', op: 'not', values: ['ana'] }, true],
    ['value in whole units', eur(100_000), { field: 'value', op: 'gte', values: ['1000'] }, true],
    ['value below', eur(99_999), { field: 'value', op: 'gte', values: ['1000'] }, false],
    [
      'another currency never compares',
      { value: { minor: 9e9, currency: 'USD' } },
      { field: 'value', op: 'gte', values: ['1'] },
      false,
    ],
    [
      'a day until',
      { expectedClose: '2026-11-30' },
      { field: 'expectedClose', op: 'lte', values: ['2026-11-30'] },
      true,
    ],
    ['an instant by its day', { createdAt: now }, { field: 'createdAt', op: 'lte', values: ['2026-11-18'] }, true],
    [
      'a calendar day, in every zone',
      { closedAt: Date.parse('2026-03-01T00:00:00Z') },
      { field: 'closedAt', op: 'gte', values: ['2026-03-01'] },
      true,
    ],
    [
      'text without accents or case',
      { company: 'Sørli Café' },
      { field: 'company', op: 'has', values: ['CAFE'] },
      true,
    ],
    ['empty', {}, { field: 'company', op: 'empty', values: [] }, true],
    ['a custom field', { tier: 'a' }, { field: 'tier', op: 'is', values: ['a'] }, true],
    ['a stage', {}, { field: 'stage', op: 'is', values: ['elsewhere'] }, false],
    ['not a stage', {}, { field: 'stage', op: 'not', values: ['elsewhere'] }, true],
    ['a field that is gone', {}, { field: 'nope', op: 'is', values: ['a'] }, true],
  ])('%s', (_name, raw, filter, expected) => expect(meets(deal('d', raw), filter, context)).toBe(expected));
});

describe('chips', () => {
  it.each<[ChipId, string, object, boolean]>([
    ['mine', 'd', { owner: 'noor' }, true],
    ['mine', 'd', { owner: 'ana' }, false],
    ['no-activity', 'd', {}, true],
    ['no-activity', 'd', { nextActivity: { what: 'Call', due: null } }, false],
    ['rotting', 'old', {}, true],
    ['rotting', 'd', {}, false],
    ['closing', 'd', { expectedClose: '2026-11-01' }, true],
    ['closing', 'd', { expectedClose: '2026-12-01' }, false],
  ])('%s: %s %o → %s', (chip, id, raw, expected) => expect(meetsChip(deal(id, raw), chip, context)).toBe(expected));
});

it('a view needs every chip, condition and word', () => {
  const matches = makeMatcher({ q: 'blood pelham', chips: ['mine'], filters: [] }, context);
  const raw = { title: 'Blood-bank fridges', company: 'Pelham Cross', owner: 'noor' };
  expect(matches(deal('d', raw))).toBe(true);
  expect(matches(deal('d', { ...raw, owner: 'ana' }))).toBe(false);
  expect(matches(deal('d', { ...raw, company: null }))).toBe(false);
});

it.each<[Sort, string]>([
  [{ field: 'value', descending: false }, 'b a c'],
  [{ field: 'value', descending: true }, 'a b c'],
  [{ field: 'owner', descending: false }, 'b a c'],
])('sorts by %o, empty last', (sort, expected) => {
  const deals = [deal('c'), deal('a', { ...eur(200), owner: 'noor' }), deal('b', { ...eur(100), owner: 'ana' })];
  expect(
    deals
      .sort(makeSorter(sort, context))
      .map(({ id }) => id)
      .join(' '),
  ).toBe(expected);
});
