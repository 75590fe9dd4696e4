import { expect, test } from 'vitest';
import { type KeptTable, readKeptTable, shownOf, withoutDocuments } from './kept-table.ts';

const row = (id: string) => ({ id, doc: `company/${id}`, values: {} });
const group = (value: string, count: number) => ({ value, count, sums: {} });
const kept: KeptTable = {
  version: 1,
  at: 1000,
  shape: { noun: 'company', title: 'name', columns: [], shown: [], follows: [] },
  summary: { total: 900, columns: {}, groups: [group('a', 300), group('b', 100), group('c', 500)], names: {} },
  names: {},
  rows: [
    [0, row('one')],
    [299, row('two')],
    [300, row('three')],
    [899, row('four')],
  ],
};

test('kept rows stand one after another under their own groups', () => {
  const { rows, summary } = shownOf(kept);
  expect(rows.map(({ id }) => id)).toEqual(['one', 'two', 'three', 'four']);
  expect(summary.total).toBe(4);
  expect(summary.groups?.map(({ value, count }) => [value, count])).toEqual([
    ['a', 2],
    ['b', 1],
    ['c', 1],
  ]);
});

test('rows of documents that a person may not see any more are not kept, nor is a group of nothing shown', () => {
  const left = withoutDocuments(kept, new Set(['company/three']));
  expect(shownOf(left).summary.groups?.map(({ value }) => value)).toEqual(['a', 'c']);
  expect(JSON.stringify(left)).not.toContain('three');
});

test.each([
  undefined,
  null,
  'text',
  [],
  { version: 2 },
  { ...kept, version: 0 },
  { ...kept, rows: 1 },
  { version: 1, at: 1, rows: [] },
])('what another program kept counts as nothing: %j', (raw) => expect(readKeptTable(raw)).toBeUndefined());
test('what this one kept is read', () => expect(readKeptTable(structuredClone(kept))).toEqual(kept));
