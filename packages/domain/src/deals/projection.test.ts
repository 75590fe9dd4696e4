import { applyPatch, type Patch } from '@rapport/doc/patch';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { transferPatches } from '../boards/archive.ts';
import { done, drawBoard, env } from './board-fixture.ts';
import { dealType } from './deal-type.ts';
import { deleteDeals, editDeals, moveDeals } from './ops.ts';
import { makeBoardProjector } from '../boards/projection.ts';
import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';

const name = 'board/b';

/** A projected board: `act` says what one edit wrote. */
function projected(picture: string, docName = name) {
  const doc = drawBoard(picture);
  const projector = makeBoardProjector(docName, doc, [dealType]);
  let seq = 10;
  const act = (edit: () => void, context: Partial<ChangeContext> = {}): RowWrite[] => {
    let writes: RowWrite[] = [];
    const listen = (transaction: Y.Transaction) => {
      writes = projector.project(transaction, { seq: ++seq, at: 5000, actor: 'ana', via: 'live', ...context });
    };
    doc.on('afterTransaction', listen);
    edit();
    doc.off('afterTransaction', listen);
    return writes;
  };
  return { doc, act };
}
const of = (writes: readonly RowWrite[], table: string) => writes.filter((write) => write.table === table);
const told = (writes: readonly RowWrite[]) =>
  of(writes, 'activity').map(({ row }) => [row?.kind, row?.field, row?.from, row?.to]);

describe('projection', () => {
  test('a move is one row, one entry into the stage, one activity with the names of then', () => {
    const { doc, act } = projected('A|B||');
    const writes = act(() => done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Next' }, env)));
    expect(of(writes, 'deals').map(({ key, row }) => [key.id, row?.stage_id])).toEqual([['A', 'Next']]);
    expect(
      of(writes, 'stage_entries').map(({ key, row }) => [
        key.deal_id,
        key.seq,
        row?.stage_id,
        row?.entered_at,
        row?.actor,
      ]),
    ).toEqual([['A', 11, 'Next', 5000, 'ana']]);
    expect(told(writes)).toEqual([['moved', 'stage', '"Open"', '"Next"']]);
    expect(of(writes, 'deal_touches').map(({ row }) => [row?.at, row?.what])).toEqual([[5000, 'moved']]);
  });

  test('won, lost and reopened are told as such, without the dates that follow from them', () => {
    const { doc, act } = projected('A|||');
    expect(told(act(() => done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Won' }, env))))).toEqual([
      ['won', 'stage', '"Open"', '"Won"'],
    ]);
    expect(told(act(() => done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Next' }, env))))).toEqual([
      ['reopened', 'stage', '"Won"', '"Next"'],
    ]);
    expect(
      told(act(() => done(doc, moveDeals(doc, { ids: ['A'], stageId: 'Lost', values: { lostReason: 'Price' } }, env)))),
    ).toEqual([
      ['lost', 'stage', '"Next"', '"Lost"'],
      ['changed', 'lostReason', null, '"Price"'],
    ]);
  });

  test('a card put elsewhere in its lane is no news', () => {
    const { doc, act } = projected('A B|||');
    const writes = act(() => done(doc, moveDeals(doc, { ids: ['B'], stageId: 'Open', before: 'A' }, env)));
    expect([told(writes), of(writes, 'stage_entries')]).toEqual([[], []]);
    expect(of(writes, 'deals')).toHaveLength(1);
  });

  test('a field change tells old and new, who, and whether it was made offline', () => {
    const { doc, act } = projected('A|||');
    act(() => done(doc, editDeals(doc, ['A'], { value: { minor: 100, currency: 'EUR' } }, env)));
    const writes = act(() => done(doc, editDeals(doc, ['A'], { value: { minor: 250, currency: 'EUR' } }, env)), {
      via: 'offline',
      actor: 'ben',
    });
    expect(of(writes, 'activity').map(({ row }) => [row?.actor, row?.offline, row?.from, row?.to])).toEqual([
      ['ben', 1, '{"minor":100,"currency":"EUR"}', '{"minor":250,"currency":"EUR"}'],
    ]);
    expect(of(writes, 'deals')[0]?.row).toMatchObject({ value_minor: 250, value_currency: 'EUR' });
  });

  test("an imported deal's dates are its history", () => {
    const { doc, act } = projected('|||');
    const add = (id: string, stage: string, set: object): Patch => [
      { root: 'cards', id, create: true, set: { title: id, place: [stage, 'V'], ...set } },
    ];
    const open = act(() => applyPatch(doc, add('O', 'Open', { createdAt: 100 })), { via: 'import' });
    const won = act(() => applyPatch(doc, add('W', 'Won', { createdAt: 100, closedAt: 300 })), { via: 'import' });
    expect([...of(open, 'stage_entries'), ...of(won, 'stage_entries')].map(({ row }) => row?.entered_at)).toEqual([
      100, 300,
    ]);
    expect(told(won)).toEqual([['imported', 'stage', null, '"Won"']]);
    expect(of(open, 'deal_touches')[0]?.row?.at).toBe(100);
  });

  test('deleted and restored', () => {
    const { doc, act } = projected('A|||');
    const gone = act(() => done(doc, deleteDeals(doc, ['A'], env)));
    expect([told(gone)[0]?.[0], of(gone, 'deals')[0]?.row?.deleted_at]).toEqual(['deleted', env.now]);
  });

  test('custom values are kept as JSON and told', () => {
    const { doc, act } = projected('A|||');
    const writes = act(() => applyPatch(doc, [{ root: 'cards', id: 'A', set: { product: 'GTX' } }]));
    expect(of(writes, 'deals')[0]?.row?.custom).toBe('{"product":"GTX"}');
    expect(told(writes)).toEqual([['changed', 'product', null, '"GTX"']]);
  });

  test('the stub of a deal that moved on takes away only its own row, and says when somebody still wrote into it', () => {
    const { doc, act } = projected('A|||');
    const leave = act(() => applyPatch(doc, transferPatches(name, doc, ['A'], 'board/b~2026q3').here), {
      via: 'server',
      actor: 'server',
    });
    expect(of(leave, 'deals')).toMatchObject([{ table: 'deals', key: { id: 'A', doc: name }, row: null }]);
    expect(told(leave)).toEqual([]);
    const stray = act(() => applyPatch(doc, [{ root: 'cards', id: 'A', set: { owner: 'late' } }]), { via: 'offline' });
    expect(of(stray, 'stray_edits')).toEqual([
      {
        table: 'stray_edits',
        key: { doc: name, record: 'A' },
        row: { moved_to: 'board/b~2026q3', actor: 'ana', offline: 1 },
      },
    ]);
    const carried = act(() => applyPatch(doc, [{ root: 'cards', id: 'A', set: { owner: null } }]), {
      via: 'server',
      actor: 'server',
    });
    expect(of(carried, 'stray_edits')).toEqual([{ table: 'stray_edits', key: { doc: name, record: 'A' }, row: null }]);
  });

  test('a deal that comes from another pipeline tells where from', () => {
    const { doc, act } = projected('|B||');
    const { there } = transferPatches('board/other', drawBoard('A|||'), ['A'], name);
    expect(told(act(() => applyPatch(doc, there), { via: 'rest' }))).toEqual([['moved', 'board', '"other"', '"b"']]);
  });

  test.each<[string, (card: Y.Map<unknown>) => void]>([
    [
      'wrong types',
      (card) =>
        ['title', 'value', 'labels', 'place', 'owner', 'createdAt', 'nextActivity', 'deletedAt'].forEach((key) =>
          card.set(key, key === 'title' ? 7 : 'x'),
        ),
    ],
    ['a place that is no place', (card) => card.set('place', ['Open'])],
    ['an unknown stage', (card) => card.set('place', ['nowhere', 'V'])],
    ['a huge string', (card) => card.set('title', 'x'.repeat(200_000))],
    [
      'nested types, bytes and big integers',
      (card) => [card.set('title', new Y.Map([['a', 1]])), card.set('x', new Uint8Array(3)), card.set('y', 10n)],
    ],
    ['__proto__', (card) => card.set('__proto__', { polluted: 1 })],
    ['a lone surrogate', (card) => card.set('title', 'a\ud800')],
  ])('garbage is read, kept and listed: %s', (what, spoil) => {
    const { doc, act } = projected('A|||');
    const writes = act(() => doc.transact(() => spoil(doc.getMap('cards').get('A') as Y.Map<unknown>)));
    expect(of(writes, 'deals')).toHaveLength(1);
    expect(of(writes, 'data_quality').filter(({ row }) => row !== null).length > 0).toBe(
      !['an unknown stage', '__proto__'].includes(what),
    );
    expect(() => JSON.stringify(writes)).not.toThrow();
  });

  test('cards that are no maps, and a card that another program removed, do not stop it', () => {
    const { doc, act } = projected('A|||');
    expect(() => act(() => doc.getMap('cards').set('B', 'not a card'))).not.toThrow();
    const gone = act(() => doc.getMap('cards').delete('A'));
    expect(of(gone, 'deals')).toMatchObject([{ table: 'deals', key: { id: 'A', doc: name }, row: null }]);
  });
});
