import Sqlite from 'better-sqlite3';
import { number, text } from '@rapport/schema/fields';
import { describe, expect, it } from 'vitest';
import type { Query } from '../http/workspace-context.node.ts';
import { makeLines } from './lines.ts';
import { finished } from './ops-of.ts';
import { readCells, writeCells } from './pasted.ts';
import { daysOf } from './period.ts';
import { racesReadModel } from './race-rows.ts';
import { idsOf, readRows, readSummary, type TableAsked } from './read-table.node.ts';
import type { TableDef } from './table-def.ts';
import { plainQuery, readWhere } from './table-query.ts';
import { readView, viewEntries } from './view-state.ts';
import { columnName } from './write-xlsx.node.ts';

it.each([
  ['last:30', '2026-10-24', '2026-11-22'],
  ['next:7', '2026-11-23', '2026-11-29'],
  ['thisWeek', '2026-11-16', '2026-11-22'],
  ['nextWeek', '2026-11-23', '2026-11-29'],
  ['lastMonth', '2026-10-01', '2026-10-31'],
  ['lastQuarter', '2026-07-01', '2026-09-30'],
  ['lastYear', '2025-01-01', '2025-12-31'],
])('%s, seen on a Sunday, is %s to %s', (code, from, to) => expect(daysOf(code, '2026-11-22')).toEqual({ from, to }));

it('no other word is a period', () => expect(daysOf('lastish', '2026-11-22')).toBe(null));

describe('lines', () => {
  const kinds = (lines: ReturnType<typeof makeLines>) =>
    Array.from({ length: lines.count + 1 }, (_, index) => {
      const line = lines.at(index);
      return line === undefined ? '-' : line.kind === 'group' ? `g${line.group}` : line.offset;
    });
  it('of a table without groups are its rows', () =>
    expect(kinds(makeLines(2, null, () => false))).toEqual([0, 1, '-']));
  it('of closed groups are their headings alone', () =>
    expect(kinds(makeLines(6, [{ count: 2 }, { count: 1 }, { count: 3 }], (group) => group === 1))).toEqual([
      'g0',
      0,
      1,
      'g1',
      'g2',
      3,
      4,
      5,
      '-',
    ]));
});

it('cells come back from the clipboard as they went', () => {
  const cells = [
    ['a', 'with\ttab', ''],
    ['"quoted"', 'two\nlines', '1'],
  ];
  expect(readCells(writeCells(cells))).toEqual(cells);
  expect(readCells('a\tb\r\nc\td\r\n')).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(readCells('5" pipe')).toEqual([['5" pipe']]);
});

it('a view stands whole in the address, and a broken address shows what it can', () => {
  const view = readView({
    q: 'a&b',
    where: '{"match":"any","of":[{"field":"name","op":"has","values":["x"]}]}',
    sort: '-value,name',
    group: 'owner',
    columns: 'name!.240,email',
    view: '01J',
  });
  expect(view.columns).toEqual([
    { key: 'name', isPinned: true, widthPx: 240 },
    { key: 'email', isPinned: false, widthPx: null },
  ]);
  expect(readView(viewEntries(view))).toEqual(view);
  expect(readView({ where: '{', sort: 'a b', group: '--', columns: 'x y,' })).toMatchObject({
    sort: [],
    group: null,
    columns: [],
  });
});

it('filters that are too deep, too long or none are refused; conditions half made are left out', () => {
  const nest = (depth: number): unknown => (depth === 0 ? [] : [{ match: 'all', of: nest(depth - 1) }]);
  expect(readWhere({ match: 'all', of: nest(2) })).toBeDefined();
  expect(readWhere({ match: 'all', of: nest(3) })).toBeUndefined();
  expect(
    readWhere({ match: 'all', of: Array.from({ length: 51 }, () => ({ field: 'a', op: 'set', values: [] })) }),
  ).toBeUndefined();
  expect(readWhere({ match: 'some', of: [] })).toBeUndefined();
  const half = { field: 'a', op: 'between', values: ['1'] } as const;
  expect(
    finished({ match: 'all', of: [half, { match: 'any', of: [half] }, { field: 'a', op: 'empty', values: [] }] }),
  ).toEqual({
    match: 'all',
    of: [{ field: 'a', op: 'empty', values: [] }],
  });
});

it('columns of a spreadsheet are named as it names them', () =>
  expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']));

describe('custom fields', () => {
  const database = new Sqlite(':memory:');
  database.exec('CREATE TABLE things (id TEXT PRIMARY KEY, doc TEXT, name TEXT, custom TEXT)');
  for (const sql of racesReadModel) database.exec(sql);
  const insert = database.prepare('INSERT INTO things VALUES (?, ?, ?, ?)');
  insert.run('1', 'd', 'One', '{"tier":"gold","size":7,"fee":{"minor":500,"currency":"EUR"},"kinds":["a","b"]}');
  insert.run('2', 'd', 'Two', '{"tier":"tin","size":9}');
  insert.run('3', 'd', 'Three', null);
  const query: Query = {
    all: <Row>(sql: string, params: unknown) =>
      database.prepare(sql).all(...(params === undefined ? [] : [params])) as Row[],
    get: <Row>(sql: string, params?: unknown) =>
      database.prepare(sql).get(...(params === undefined ? [] : [params])) as Row,
  };
  const def: TableDef = {
    noun: 'thing',
    plural: 'things',
    table: 'things',
    isListed: 'TRUE',
    title: 'name',
    shown: ['name'],
    searched: ['name'],
    follows: [],
    names: {},
    columns: [{ key: 'name', spec: text({ label: 'Name' }), isEditable: true }],
  };
  const asked = (change: Partial<TableAsked['query']>): TableAsked => ({
    table: 'things',
    query: { ...plainQuery, ...change },
    custom: {
      tier: {
        type: 'select',
        label: 'Tier',
        options: [
          { id: 'tin', label: 'Tin' },
          { id: 'gold', label: 'Gold' },
        ],
      },
      size: number({ label: 'Size' }),
      fee: { type: 'money', label: 'Fee' },
      kinds: { type: 'multiSelect', label: 'Kinds', options: [], open: true },
    },
    looker: { memberId: 'me', today: '2026-11-22', timeZone: 'UTC' },
    ranks: { people: [] },
  });
  const names = (change: Partial<TableAsked['query']>) =>
    readRows(query, def, { ...asked(change), offset: 0, limit: 10 }).items.map(({ values }) => values['name']);
  const where = (field: string, op: 'any' | 'gte' | 'all' | 'empty', ...values: string[]) => ({
    where: { match: 'all' as const, of: [{ field, op, values }] },
  });
  it('are shown', () =>
    expect(readRows(query, def, { ...asked({}), offset: 0, limit: 1 }).items[0]?.values).toEqual({
      name: 'One',
      tier: 'gold',
      size: 7,
      fee: { minor: 500, currency: 'EUR' },
      kinds: ['a', 'b'],
    }));
  it.each([
    [where('tier', 'any', 'gold'), ['One']],
    [where('size', 'gte', '8'), ['Two']],
    [where('fee', 'gte', '5'), ['One']],
    [where('kinds', 'all', 'b', 'a'), ['One']],
    [where('fee', 'empty'), ['Three', 'Two']],
    // Options stand as they were put, not by their letters; what is empty comes last.
    [{ sort: [{ field: 'tier', descending: false }] }, ['Two', 'One', 'Three']],
    [{ sort: [{ field: 'size', descending: true }] }, ['Two', 'One', 'Three']],
  ])('are filtered and sorted by: %j', (change, found) => expect(names(change)).toEqual(found));
  it('are summed and grouped by', () =>
    expect(readSummary(query, def, { ...asked({ group: 'tier' }), columns: ['size', 'fee'] })).toMatchObject({
      total: 3,
      columns: {
        size: { filled: 2, sums: { '': { sum: 16, count: 2 } } },
        fee: { sums: { EUR: { sum: 500, count: 1 } } },
      },
      groups: [{ value: 'tin', count: 1 }, { value: 'gold' }, { value: null }],
    }));
  it.each(['tier', 'size', 'name'])('windows of rows grouped by %s are what all rows in order are', (group) => {
    for (const descending of [false, true]) {
      const question = asked({ group, sort: [{ field: group, descending }] });
      const all = idsOf(query, def, question);
      const { groups } = readSummary(query, def, { ...question, columns: [] });
      expect(groups?.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
      for (let offset = 0; offset <= all.length; offset++)
        for (const limit of [1, 2, 10])
          expect(readRows(query, def, { ...question, offset, limit }).items.map(({ id }) => id)).toEqual(
            all.slice(offset, offset + limit),
          );
    }
  });
});
