import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { cardsRoot } from '../boards/board.ts';
import type { RowWrite } from '@rapport/sync/server/ports';
import { makeBoardProjector, type BoardProjector } from '../boards/projection.ts';
import { drawBoard } from './board-fixture.ts';
import { dealType } from './deal-type.ts';

const context = { seq: 7, at: 5000, actor: 'ana', via: 'live' } as const;
const project = (projector: BoardProjector, doc: Y.Doc, edit: () => void): RowWrite[] => {
  let writes: RowWrite[] = [];
  const listen = (transaction: Y.Transaction) => (writes = projector.project(transaction, context));
  doc.on('afterTransaction', listen);
  edit();
  doc.off('afterTransaction', listen);
  return writes;
};
const card = (doc: Y.Doc, id: string) => doc.getMap(cardsRoot).get(id) as Y.Map<unknown>;
/** Without what says how a row may be written; a row that is as it was is no news. */
const news = (writes: readonly RowWrite[]) =>
  writes
    .filter(({ row, was }) => was === undefined || JSON.stringify(row) !== JSON.stringify(was))
    .map(({ table, key, row }) => ({ table, key, row }));

const values: readonly (readonly [string, unknown])[] = [
  ['title', 'Van fleet'],
  ['title', 'Van fleet'],
  ['title', ''],
  ['title', 7],
  ['title', 'Again'],
  ['title', 'x'.repeat(400)],
  ['title', 'Short'],
  ['value', { minor: 100, currency: 'EUR' }],
  ['value', { minor: 250, currency: 'EUR' }],
  ['value', { currency: 'EUR', minor: 250 }],
  ['value', { minor: 1.5, currency: 'EUR' }],
  ['value', null],
  ['labels', ['a', 'b']],
  ['labels', ['b', 'a']],
  ['company', '01HZXK3V9GQ4T5N6P7R8S9T0V1'],
  ['company', 'only text'],
  ['nextActivity', { what: 'Call', due: '2026-01-02' }],
  ['nextActivity', { due: '2026-01-02', what: 'Call' }],
  ['closedAt', 77],
  ['deletedAt', 5],
  ['title', 'while deleted'],
  ['deletedAt', null],
  ['own', 'a custom field'],
  ['__proto__', { title: 'no' }],
  ['description', 'long \ud800 text'],
  ['description', 'well-formed'],
  ['place', ['Next', 'V']],
  ['title', 'in the next lane'],
  ['place', 'nowhere'],
  ['title', 'still nowhere'],
  ['place', ['Open', 'V']],
  ['title', 'back'],
];

describe('a projection that knows a card', () => {
  test('writes of each change what one writes that reads the whole card', () => {
    const doc = drawBoard('A|B||');
    const knowing = makeBoardProjector('board/b', doc, [dealType]);
    let steps = 0;
    for (const [key, value] of values) {
      const fresh = makeBoardProjector('board/b', doc, [dealType]);
      let read: RowWrite[] = [];
      const known = project(knowing, doc, () => {
        read = project(fresh, doc, () => card(doc, 'A').set(key, value));
      });
      expect(news(known), `${key}: ${JSON.stringify(value)}`).toEqual(news(read));
      if (known.some(({ step }) => step !== undefined)) steps++;
      for (const { row, was, step } of known) {
        if (!step || !row || !was) continue;
        expect(Object.keys(row).filter((name) => row[name] !== was[name])).toEqual(step.columns);
      }
    }
    expect(steps, 'most of them as steps').toBeGreaterThan(8);
  });

  test('takes nothing for known that it was not asked about, or that changed together with something else', () => {
    const doc = drawBoard('A|B||');
    const projector = makeBoardProjector('board/b', doc, [dealType]);
    const edit = (work: () => void) => project(projector, doc, work);
    const rowOf = (writes: readonly RowWrite[], id: string) =>
      writes.find(({ table, key }) => table === 'deals' && key.id === id)?.row;
    edit(() => card(doc, 'A').set('title', 'one'));
    card(doc, 'A').set('source', 'unseen');
    expect(
      rowOf(
        edit(() => card(doc, 'A').set('title', 'two')),
        'A',
      ),
    ).toMatchObject({ title: 'two', source: 'unseen' });
    const both = edit(() =>
      doc.transact(() => {
        card(doc, 'A').set('title', 'three');
        card(doc, 'B').set('title', 'four');
      }),
    );
    expect([rowOf(both, 'A')?.title, rowOf(both, 'B')?.title]).toEqual(['three', 'four']);
    edit(() => card(doc, 'A').set('own', new Y.Map([['deep', 1]])));
    const deep = edit(() =>
      doc.transact(() => {
        card(doc, 'A').set('title', 'five');
        (card(doc, 'A').get('own') as Y.Map<unknown>).set('deep', 2);
      }),
    );
    expect(rowOf(deep, 'A')).toMatchObject({ title: 'five', custom: '{"own":{"deep":2}}' });
  });
});
