import { applyPatch } from '@rapport/doc/patch';
import { answerRace, noteRaces, racesRoot, type Race } from '@rapport/doc/race';
import type { DocumentKind, RowWrite } from '@rapport/sync/server/ports';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { withRaceRows } from './race-rows.ts';

const race: Race = {
  root: 'fields',
  record: '',
  field: 'phone',
  kept: '1',
  keptBy: 'ana',
  other: null,
  otherBy: 'ben',
};

/** A document of a kind whose own projector writes `own`; answers what the last change wrote. */
function world(own: () => RowWrite[] = () => []) {
  const kind: DocumentKind = { owns: () => true, projector: () => ({ project: own }) };
  const doc = new Y.Doc();
  const projector = withRaceRows(kind).projector('company/C', doc);
  let last: readonly RowWrite[] = [];
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    last = projector.project(transaction, { seq: 1, at: 1, actor: 'ana', via: 'live' });
  });
  return { doc, written: () => last };
}

test('a race is a row of its record until it is answered', () => {
  const { doc, written } = world();
  applyPatch(doc, noteRaces([race], 5));
  expect(written()).toEqual([
    {
      table: 'races',
      key: { record: 'C', doc: 'company/C', id: '.phone' },
      row: { root: 'fields', field: 'phone', kept: '"1"', kept_by: 'ana', other: null, other_by: 'ben' },
    },
  ]);
  const gone = [{ table: 'races', key: { doc: 'company/C', id: '.phone' }, row: null }];
  applyPatch(doc, answerRace(race, 'keep', 6));
  expect(written()).toEqual(gone);
  doc.getMap(racesRoot).delete('.phone');
  expect(written()).toEqual(gone);
  applyPatch(doc, [{ root: 'fields', id: '', set: { phone: '2' } }]);
  expect(written()).toEqual([]);
});

test('of a record that is emptied for good no race is left, also where the document has others', () => {
  const emptied: RowWrite = {
    table: 'purges',
    key: { doc: 'company/C', record: 'C' },
    row: { noun: 'company', is_wanted: 0 },
  };
  const { doc, written } = world(() => [emptied]);
  applyPatch(doc, noteRaces([race], 5));
  expect(written().at(-1)).toEqual({ table: 'races', key: { doc: 'company/C', record: 'C' }, row: null });
});

test('whatever anybody wrote there, a row can be kept: no text is longer than it may be, or broken', () => {
  const { doc, written } = world();
  const root = doc.getMap(racesRoot);
  const put = (id: string, fields: object) => root.set(id, new Y.Map(Object.entries(fields)));
  root.set('text', 'no map');
  expect(written()).toEqual([{ table: 'races', key: { doc: 'company/C', id: 'text' }, row: null }]);
  put('x.y', { record: 'other', field: 'y' });
  expect(written().map(({ row }) => row)).toEqual([null]);
  put('.\ud800', { record: '', field: '\ud800', kept: '\ud800'.repeat(9000), other: new Y.Array(), keptBy: 7 });
  const [broken] = written();
  expect(JSON.stringify(broken).isWellFormed()).toBe(true);
  expect(String(broken?.row?.['kept']).length).toBeLessThan(2100);
  put('.big', { record: '', field: 'big', kept: Array.from({ length: 5000 }, () => 'x'), other: new Uint8Array(5) });
  expect(written()[0]?.row).toMatchObject({ kept: null, kept_by: '' });
  put('x'.repeat(400), { record: '', field: '' });
  expect(written()).toEqual([]);
});
