import { describe, expect, it } from 'vitest';
import type { ActivityEntry, ActivityList } from './entry.ts';
import { firstsOfDay, withFirstPage, withOlderPage } from './feed.ts';
import { dayHeading, sentenceOf, type Telling, valueWords, whenWords, wordsOf } from './words.ts';

const telling: Telling = {
  nameOf: (id) => ({ m1: 'Ana Sørli', m2: 'Joel' })[id],
  labelOf: (field) => ({ cf1: 'Product' })[field],
  locale: 'en-GB',
  money: (minor, currency) => `${currency} ${minor / 100}`,
};

const entry = (given: Partial<ActivityEntry>): ActivityEntry => ({
  id: 1,
  at: 0,
  actor: 'm1',
  agent: null,
  noun: 'deal',
  doc: 'board/b',
  board: 'b',
  record: 'd',
  title: 'Cryo store',
  kind: 'changed',
  field: null,
  from: null,
  to: null,
  value: null,
  offline: false,
  merged: 1,
  ...given,
});

describe('a line of the feed', () => {
  it.each([
    [
      'a value',
      { field: 'value', from: { minor: 100, currency: 'EUR' }, to: { minor: 250, currency: 'EUR' } },
      'Ana Sørli set value of Cryo store from EUR 1 to EUR 2.5',
    ],
    [
      'an emptied field',
      { field: 'expectedClose', from: '2026-11-30', to: null },
      'Ana Sørli cleared expected close of Cryo store',
    ],
    ['an owner', { field: 'owner', from: 'm2', to: 'm1' }, 'Ana Sørli set owner of Cryo store from Joel to Ana Sørli'],
    ['a custom field by its label', { field: 'cf1', to: 'GTX' }, 'Ana Sørli set Product of Cryo store: GTX'],
    [
      'a plan',
      { field: 'nextActivity', to: { what: 'Call', due: '2026-11-30' } },
      'Ana Sørli set next activity of Cryo store: Call, 30 Nov 2026',
    ],
    ['labels', { field: 'labels', from: ['a'], to: ['a', 'b'] }, 'Ana Sørli set labels of Cryo store from a to a, b'],
    [
      'a move',
      { kind: 'moved', field: 'stage', from: 'Meeting', to: 'Proposal' },
      'Ana Sørli moved Cryo store from Meeting to Proposal',
    ],
    ['a win', { kind: 'won', field: 'stage', from: 'Meeting', to: 'Won' }, 'Ana Sørli won Cryo store'],
    [
      'a conversion',
      { noun: 'lead', kind: 'won', field: 'stage', from: 'New', to: 'Converted' },
      'Ana Sørli converted Cryo store',
    ],
    [
      'a lead that is none',
      { noun: 'lead', kind: 'lost', field: 'stage', from: 'New', to: 'Disqualified' },
      'Ana Sørli disqualified Cryo store',
    ],
    ['somebody who left', { kind: 'deleted', actor: 'gone' }, 'Somebody who left deleted Cryo store'],
    ['a new note', { kind: 'created', noun: 'note', title: 'Season' }, 'Ana Sørli added the note Season'],
    ['a new deal', { kind: 'created', field: 'stage', to: 'Meeting' }, 'Ana Sørli added Cryo store'],
    ['no title', { kind: 'created', title: null, actor: 'server' }, 'Rapport added an untitled deal'],
  ])('tells %s', (_what, given, sentence) => {
    expect(sentenceOf(entry(given), telling)).toBe(sentence);
  });

  it.each([
    [Number.POSITIVE_INFINITY],
    [{}],
    [{ minor: 'x' }],
    [[[]]],
    [{ due: 7 }],
    ['x'.repeat(5000)],
    [Number.NaN],
    ['2026-99-99'],
    [{ minor: 1, currency: '<b>' }],
  ])('tells odd data in a bounded line: %j', (value) => {
    expect((valueWords('createdAt', value, telling) ?? '').length).toBeLessThan(200);
    expect(() => wordsOf(entry({ field: 'x', to: value }), telling)).not.toThrow();
  });

  it('tells when', () => {
    const now = new Date(2026, 10, 18, 15, 0).getTime();
    expect(whenWords(now - 20_000, now)).toBe('now');
    expect(whenWords(now - 4 * 60_000, now)).toBe('4 min');
    expect(whenWords(new Date(2026, 10, 18, 10, 22).getTime(), now, { locale: 'en-GB' })).toBe('10:22');
    expect(whenWords(new Date(2026, 10, 17, 10, 22).getTime(), now, { locale: 'en-GB', showsDay: true })).toBe(
      'Tue 17',
    );
    expect(dayHeading('2026-11-18', now)).toBe('Today');
    expect(dayHeading('2026-11-17', now)).toBe('Yesterday');
    expect(dayHeading('2025-11-17', now, 'en-GB')).toMatch(/^Monday,? 17 November 2025$/);
  });
});

describe('a feed', () => {
  const list = (ids: readonly number[], nextCursor: number | null): ActivityList => ({
    items: ids.map((id) => entry({ id, at: id * 1000 })),
    nextCursor: nextCursor === null ? null : String(nextCursor),
    total: 0,
  });
  const ids = (feed: { entries: readonly ActivityEntry[] }) => feed.entries.map(({ id }) => id);

  it.each([
    ['news on top', [5, 4, 3], 3, list([7, 6, 5], 5), [7, 6, 5, 4, 3], '3'],
    ['everything on one page', [2, 1], null, list([3, 2, 1], null), [3, 2, 1], null],
    ['too much news: older pages would hide a gap', [3, 2], 2, list([9, 8], 8), [9, 8], '8'],
    ['a burst that took over its older line', [5, 4], 4, list([6, 4], 4), [6, 4], '4'],
  ])('takes %s', (_what, known, cursor, page, expected, next) => {
    const feed = withFirstPage(
      { entries: list(known, null).items, nextCursor: cursor === null ? null : String(cursor) },
      page,
    );
    expect(ids(feed)).toEqual(expected);
    expect(feed.nextCursor).toBe(next);
  });

  it('keeps the objects of lines that did not change', () => {
    const before = { entries: list([2, 1], null).items, nextCursor: null };
    const after = withFirstPage(before, list([3, 2, 1], null));
    expect(after.entries[1]).toBe(before.entries[0]);
  });

  it('goes on below and heads each day once', () => {
    const feed = withOlderPage({ entries: list([9, 8], null).items, nextCursor: '8' }, list([8, 7, 6], 6));
    expect(ids(feed)).toEqual([9, 8, 7, 6]);
    const day = 86_400_000;
    expect([
      ...firstsOfDay([entry({ id: 3, at: 2 * day + 5 }), entry({ id: 2, at: 2 * day }), entry({ id: 1, at: 0 })]),
    ]).toEqual([3, 1]);
  });
});

describe('records', () => {
  const told = (change: object) => wordsOf(entry({ field: null, from: null, to: null, ...change }), telling);

  it('are told by what was done with them; ids of other records never show', () => {
    const id = '01J00000000000000000000000';
    expect(told({ kind: 'logged', field: 'call', to: 'Asked for a price' })).toMatchObject({
      verb: 'logged a call with',
      to: 'Asked for a price',
    });
    expect(told({ kind: 'linked', field: 'company', to: id })).toMatchObject({ verb: 'linked a company to', to: null });
    expect(told({ kind: 'changed', field: 'contact', from: 'Old name', to: id })).toMatchObject({
      from: 'Old name',
      to: 'a contact',
    });
  });
});
