import { describe, expect, it } from 'vitest';
import { boundsOf, periodLabel } from './choices.ts';
import { boardLink } from './drill-link.ts';
import { differences, openHeadline } from './headline.ts';
import type { StageRow } from './pipeline-by-stage.ts';

describe('choices of a period', () => {
  it.each([
    ['month', '2026-11-18', { from: '2026-11-01', to: '2026-11-30' }],
    ['quarter', '2026-11-18', { from: '2026-10-01', to: '2026-12-31' }],
    ['last-quarter', '2026-02-01', { from: '2025-10-01', to: '2025-12-31' }],
    ['year', '2026-02-01', { from: '2026-01-01', to: '2026-12-31' }],
    ['last-year', '2026-02-01', { from: '2025-01-01', to: '2025-12-31' }],
    ['all', '2026-02-01', {}],
  ] as const)('%s on %s', (choice, today, bounds) => {
    expect(boundsOf(choice, today)).toEqual(bounds);
  });

  it('labels a period', () => {
    expect(periodLabel('2026-Q4', 'en')).toBe('Q4 2026');
    expect(periodLabel('2026-03', 'en')).toBe('Mar 2026');
    expect(periodLabel('2026-03', 'en', { withYear: false })).toBe('Mar');
    expect(periodLabel(null, 'en')).toBe('No date');
  });
});

describe('a link to the board', () => {
  const stages = [
    { stage: 's1', kind: 'open' },
    { stage: 's2', kind: 'won' },
    { stage: 's3', kind: 'lost' },
  ] as const;
  it.each([
    ['an open stage', { board: 'b', stage: 's1' }, '/w/w1/b/b?as=table&f=stage:is:s1'],
    ['what is open', { board: 'b', status: 'open', timeZone: 'Europe/Berlin' }, '/w/w1/b/b?as=table'],
    ['open deals of one person', { board: 'b', status: 'open', owner: 'm1' }, '/w/w1/b/b?as=table&f=owner:is:m1'],
    ['open deals of nobody', { board: 'b', status: 'open', owner: '' }, '/w/w1/b/b?as=table&f=owner:empty:'],
    [
      'days',
      { board: 'b', status: 'open', createdFrom: '2017-01-01', createdTo: '2017-03-31' },
      '/w/w1/b/b?as=table&f=createdAt:gte:2017-01-01&f=createdAt:lte:2017-03-31',
    ],
    [
      'a custom field, with every odd letter',
      { board: 'b', status: 'open', 'field.product': 'a,b:c&d %' },
      '/w/w1/b/b?as=table&f=product:is:a%252Cb%253Ac%2526d%2520%2525',
    ],
    ['what rots', { board: 'b', stage: 's1', rotting: '1' }, '/w/w1/b/b?as=table&f=stage:is:s1&chip=rotting'],
    ['closed deals: the board does not hold them all', { board: 'b', status: 'won,lost', owner: 'm1' }, null],
    ['a closed stage', { board: 'b', stage: 's2' }, null],
    ['what the board cannot ask', { board: 'b', status: 'open', currency: 'USD' }, null],
    ['several boards: there is no such table', { status: 'open' }, null],
  ])('%s', (_what, query, link) => {
    expect(boardLink('w1', query as Readonly<Record<string, string>>, stages)).toBe(link);
  });
});

describe('the headline', () => {
  const row = (given: Partial<StageRow>): StageRow => ({
    board: 'b',
    stage: 's',
    name: 'S',
    colour: '',
    kind: 'open',
    probability: 50,
    count: 1,
    sum: { minor: 100, currency: 'EUR' },
    weighted: { minor: 50, currency: 'EUR' },
    foreign: [],
    drill: { path: '/reports/deals', query: { board: 'b', stage: 's', rotting: '1' } },
    ...given,
  });

  it('adds up open stages alone, foreign currencies apart, and drills to all of them', () => {
    const foreign = [{ sum: { minor: 7, currency: 'USD' }, count: 1 }];
    const headline = openHeadline([row({ foreign }), row({ foreign }), row({ kind: 'won' })], 'EUR');
    expect(headline).toEqual({
      count: 2,
      sum: { minor: 200, currency: 'EUR' },
      weighted: { minor: 100, currency: 'EUR' },
      foreign: [{ sum: { minor: 14, currency: 'USD' }, count: 2 }],
      drill: { path: '/reports/deals', query: { board: 'b', rotting: '1', status: 'open' } },
    });
    expect(openHeadline([], 'EUR').drill).toBeNull();
  });

  it('tells what moved, what came and what went', () => {
    const moved = differences(
      new Map([
        ['a', 1],
        ['b', 2],
        ['c', 3],
      ]),
      new Map([
        ['a', 1],
        ['b', 5],
        ['d', 4],
      ]),
    );
    expect([...moved]).toEqual([
      ['b', 3],
      ['d', 4],
      ['c', -3],
    ]);
  });
});
