import { describe, expect, test } from 'vitest';
import type { FieldValue } from '@rapport/schema/fields';
import type { Member } from '../people/member.ts';
import { rowCurrency } from '../imports/row-currency.ts';
import { makeDealPlanner, type DealImportSetting, type DealRow } from './plan-import.ts';
import type { Stage } from '../boards/schema.ts';

const now = Date.parse('2026-06-15T12:00:00Z');
const day = 86_400_000;
const stage = (id: string, name: string, kind: Stage['kind'] = 'open'): Stage => ({
  id,
  name,
  kind,
  colour: '',
  probability: 50,
  rotDays: null,
  rank: id,
  required: ['value'],
  deletedAt: null,
});
const stages = [
  stage('s1', 'Qualified'),
  stage('s2', 'Proposal'),
  stage('w', 'Won', 'won'),
  stage('l', 'Lost', 'lost'),
];
const ana: Member = {
  id: 'm1',
  name: 'Ana Ruiz',
  email: 'ana@team.example',
  colour: 1,
  role: 'member',
  status: 'active',
};
const there = (row: Partial<Record<string, string | number | null>>): DealRow =>
  ({ id: 'd1', doc: 'board/b', stage_id: 's1', title: 'Fridges', company: 'Hollin', ...row }) as DealRow;

function plan(rows: readonly Record<string, FieldValue>[], setting: Partial<DealImportSetting> = {}) {
  const planner = makeDealPlanner({
    boardDoc: 'board/b',
    stages,
    members: [ana],
    custom: {},
    there: [],
    keys: [],
    whenThere: 'overwrite',
    titleFrom: ['company', 'product'],
    columnOf: (key) => key,
    now,
    ...setting,
  });
  for (const [index, values] of rows.entries()) planner.take({ row: index + 2, values });
  return planner.finish();
}
const first = (rows: Parameters<typeof plan>[0], setting?: Parameters<typeof plan>[1]) => plan(rows, setting).deals[0];

describe('stages', () => {
  test.each<[string, Record<string, FieldValue>, string | undefined]>([
    ['by name, ignoring case and signs', { stage: 'PROPOSAL ' }, 's2'],
    ['closed won', { stage: 'Closed Won' }, 'w'],
    ['verloren', { stage: 'Verloren' }, 'l'],
    ['the status decides over the stage', { stage: 'Proposal', status: 'Won' }, 'w'],
    ['an open status leaves the stage', { stage: 'Proposal', status: 'Open' }, 's2'],
    ['nothing said: the first open stage', { title: 'x' }, 's1'],
  ])('%s', (_name, values, id) => {
    expect(first([{ title: 'x', ...values }])?.stage).toMatchObject({ id });
  });
  test('unknown stages are made once, in order of first appearance', () => {
    const { stages: made, deals } = plan([
      { title: 'a', stage: 'Engaging' },
      { title: 'b', stage: 'Prospecting' },
      { title: 'c', stage: 'engaging' },
    ]);
    expect(made.map(({ name }) => name)).toEqual(['Engaging', 'Prospecting']);
    expect(deals.map((deal) => deal.stage)).toEqual([
      { made: 0, kind: 'open' },
      { made: 1, kind: 'open' },
      { made: 0, kind: 'open' },
    ]);
  });
  test('a board without a won stage gets one', () => {
    const found = plan([{ title: 'a', stage: 'Gewonnen' }], { stages: [stage('s1', 'Open')] });
    expect(found.stages).toEqual([{ name: 'Gewonnen', kind: 'won' }]);
  });
});

describe('dates', () => {
  const closed = now - 200 * day;
  test('the day of closing is real when closed, expected when open', () => {
    expect(first([{ title: 'a', stage: 'Won', closeDate: closed }])?.set).toMatchObject({ closedAt: closed });
    expect(first([{ title: 'a', closeDate: now }])?.set).toMatchObject({ expectedClose: '2026-06-15' });
  });
  test('long-closed deals go to the archive of their quarter, others to the board', () => {
    expect(first([{ title: 'a', stage: 'Won', closeDate: Date.parse('2025-08-01') }])?.doc).toBe('board/b~2025q3');
    expect(first([{ title: 'a', stage: 'Won', closeDate: now - 29 * day }])?.doc).toBe('board/b');
  });
  test('a closed deal without dates does not seem to be made now; an open one is', () => {
    expect(first([{ title: 'a', stage: 'Lost' }])?.set).toEqual({ title: 'a' });
    expect(first([{ title: 'a' }])?.set).toEqual({ title: 'a', createdAt: now });
  });
});

describe('titles and owners', () => {
  test('company and product make a title where there is none', () => {
    const titles = plan([{ company: 'Hollin', product: 'GTX' }, { product: 'GTX' }, { stage: 'Won' }]).deals.map(
      ({ set }) => set.title,
    );
    expect(titles).toEqual(['Hollin · GTX', 'GTX', 'Row 4']);
  });
  test.each<[string, unknown]>([
    ['ana ruiz', { id: 'm1' }],
    ['Ruiz, Ana', { id: 'm1' }],
    ['ANA@team.example', { id: 'm1' }],
    ['Anna R <ana@team.example>', { id: 'm1' }],
    ['Bo Li', { added: 0 }],
  ])('owner %s', (owner, ref) => expect(first([{ title: 'x', owner }])?.owner).toEqual(ref));
  test('somebody new is added once', () => {
    expect(plan([{ owner: 'Bo Li' }, { owner: 'bo li' }, { owner: 'Bo Li <bo@team.example>' }]).people).toEqual([
      'Bo Li',
    ]);
  });
});

describe('deals that are there already', () => {
  const setting = {
    keys: ['opportunityId'],
    there: [there({ custom: '{"opportunityId":"A1"}', value_minor: 500, value_currency: 'EUR' })],
  };
  const value = { minor: 700, currency: 'EUR' };
  test('the key finds them; what is empty in the file stays', () => {
    const { deals, updated, created } = plan([{ opportunityId: 'A1', value }, { opportunityId: 'A2' }], setting);
    expect([updated, created]).toEqual([1, 1]);
    expect(deals[0]).toMatchObject({ id: 'd1', set: { value } });
    expect(Object.keys(deals[0]?.set ?? {})).toEqual(['value']);
  });
  test('nothing new is no update', () => {
    expect(plan([{ opportunityId: 'A1', title: 'Fridges' }], setting)).toMatchObject({ updated: 0, unchanged: 1 });
  });
  test('fill writes into empty fields alone; skip writes nothing', () => {
    const row = { opportunityId: 'A1', value, source: 'Web', stage: 'Won' };
    expect(first([row], { ...setting, whenThere: 'fill' })).toMatchObject({ stage: null, set: { source: 'Web' } });
    expect(plan([row], { ...setting, whenThere: 'skip' })).toMatchObject({ updated: 0, unchanged: 1, deals: [] });
  });
  test('a row can close and reopen a deal', () => {
    const closing = first([{ opportunityId: 'A1', stage: 'Won', closeDate: now - day }], setting);
    expect(closing).toMatchObject({ stage: { id: 'w' }, set: { closedAt: now - day } });
    const lost = {
      ...setting,
      there: [there({ stage_id: 'l', custom: '{"opportunityId":"A1"}', closed_at: 5, lost_reason: 'Price' })],
    };
    expect(first([{ opportunityId: 'A1', stage: 'Proposal' }], lost)?.set).toEqual({
      closedAt: null,
      lostReason: null,
    });
  });
  test('two rows with one key, and two deals with one key, are errors', () => {
    expect(plan([{ opportunityId: 'A1' }, { opportunityId: 'A1' }], setting).errors).toEqual([
      { row: 3, field: 'opportunityId', message: 'is the same as in row 2; that row is taken' },
    ]);
    const twice = { ...setting, there: [...setting.there, there({ id: 'd2', custom: '{"opportunityId":"A1"}' })] };
    expect(plan([{ opportunityId: 'A1' }], twice)).toMatchObject({ deals: [], errors: [{ row: 2 }] });
  });
  test('title and company together can be the key', () => {
    const found = first([{ title: 'fridges', company: 'HOLLIN', source: 'Web' }], {
      keys: ['title+company'],
      there: [there({})],
    });
    expect(found?.id).toBe('d1');
  });
});

test('keys named like parts of objects are only keys', () => {
  const values = Object.assign(Object.create(null) as Record<string, FieldValue>, {
    title: '__proto__',
    stage: 'constructor',
    owner: 'toString',
  });
  const { deals, stages: made } = plan([values]);
  expect(deals).toHaveLength(1);
  expect(made).toEqual([{ name: 'constructor', kind: 'open' }]);
});

test('the currency of a row', () => {
  expect([undefined, '', ' eur', 'Euro', 'XX'].map(rowCurrency)).toEqual([undefined, undefined, 'EUR', null, null]);
});
