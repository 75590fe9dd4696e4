import { applyPatch } from '@rapport/doc/patch';
import type { FieldSpecs } from '@rapport/schema/fields';
import { createComputed, createRoot, createSignal, on } from 'solid-js';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { BoardView } from './create-board.web.ts';
import { createBoard } from './create-board.web.ts';
import { stagesOf } from '../boards/board.ts';
import type { OpResult } from '../boards/ops.ts';
import { dealType } from './deal-type.ts';
import { addDeals, deleteDeals, editDeals, moveDeals } from './ops.ts';
import { editStage, initBoard } from '../boards/stage-ops.ts';

const env = { now: 1, random: () => 0.5 };

function setUp() {
  const doc = new Y.Doc();
  let next = 0;
  applyPatch(
    doc,
    initBoard(
      {
        name: 'B',
        kind: 'deals',
        currency: 'EUR',
        stages: [
          { name: 'One', probability: 50 },
          { name: 'Two', probability: 10 },
        ],
      },
      { ...env, id: () => `s${++next}` },
    ),
  );
  const act = (result: OpResult) => {
    if (!result.ok) throw new Error(result.error.message);
    applyPatch(doc, result.value);
  };
  const [one, two] = stagesOf(doc).map(({ id }) => id);
  if (!one || !two) throw new Error('two stages');
  const values = (title: string, minor: number, currency = 'EUR') => ({ title, value: { minor, currency } });
  act(
    addDeals(
      doc,
      [
        { id: 'a', stageId: one, values: values('A', 100) },
        { id: 'b', stageId: one, values: values('B', 300) },
        { id: 'c', stageId: one, values: values('C', 200, 'USD') },
      ],
      env,
    ),
  );
  const [view, setView] = createSignal<BoardView>({ matches: null, order: null });
  const [custom, setCustom] = createSignal<FieldSpecs>({});
  const [current, replace] = createSignal(doc);
  const store = createRoot(() =>
    createBoard({
      type: dealType,
      doc: current,
      custom,
      view: () => view,
    }),
  );
  const lanes = () => `${store.lane(one).shown().join('')}|${store.lane(two).shown().join('')}`;
  return { doc, act, one, two, values, store, setView, setCustom, lanes, replace };
}

describe('a board as the screen follows it', () => {
  it('moves cards between lanes and keeps totals over each', () => {
    const { doc, act, one, two, store, lanes } = setUp();
    expect(lanes()).toBe('abc|');
    expect(store.lane(one).totals()).toEqual({ count: 3, sumMinor: 400, weightedMinor: 200, foreign: 1 });
    act(moveDeals(doc, { ids: ['c', 'a'], stageId: two }, env));
    expect(lanes()).toBe('b|ca');
    expect(store.lane(two).totals()).toEqual({ count: 2, sumMinor: 100, weightedMinor: 10, foreign: 1 });
    act(editDeals(doc, ['b'], { value: { minor: 1000, currency: 'EUR' } }, env));
    expect(store.lane(one).totals().sumMinor).toBe(1000);
    act(deleteDeals(doc, ['b'], env));
    expect(lanes()).toBe('|ca');
  });

  it('keeps the same array when a change does not concern the order', () => {
    const { doc, act, one, store } = setUp();
    const before = store.lane(one).shown();
    act(editDeals(doc, ['b'], { title: 'BB' }, env));
    expect(store.lane(one).shown()).toBe(before);
  });

  it('filters and sorts, and follows what a change does to both', () => {
    const { doc, act, setView, lanes } = setUp();
    setView({
      matches: (deal) => (deal.value?.minor ?? 0) >= 200,
      order: (a, b) => (b.value?.minor ?? 0) - (a.value?.minor ?? 0),
    });
    expect(lanes()).toBe('bc|');
    act(editDeals(doc, ['a'], { value: { minor: 900, currency: 'EUR' } }, env));
    expect(lanes()).toBe('abc|');
  });

  it('deals of a stage that goes stand under Unassigned', () => {
    const { doc, one, store, lanes } = setUp();
    applyPatch(doc, [{ root: 'stages', id: one, set: { deletedAt: 5 } }]);
    expect(lanes()).toBe('|');
    expect(store.lane('').shown()).toEqual(['a', 'b', 'c']);
    applyPatch(doc, [{ root: 'stages', id: one, set: { deletedAt: null } }]);
    expect(lanes()).toBe('abc|');
  });

  it('reads the values of a custom field once it is defined, and lanes that filter by it follow', () => {
    const { doc, store, setView, setCustom, lanes } = setUp();
    applyPatch(doc, [{ root: 'cards', id: 'b', set: { product: 'GTX' } }]);
    setView({ matches: (deal) => deal.custom.product === 'GTX', order: null });
    expect(lanes()).toBe('|');
    setCustom({ product: { type: 'text', label: 'Product' } });
    expect(store.deals.peek('b')?.custom).toEqual({ product: 'GTX' });
    expect(lanes()).toBe('b|');
  });

  it('tells whose change from elsewhere moved the numbers of a lane, while it is told', () => {
    const { doc, act, one, two, store } = setUp();
    const theirs = new Y.Doc();
    Y.applyUpdate(theirs, Y.encodeStateAsUpdate(doc));
    const told: unknown[] = [];
    createRoot(() => {
      for (const id of [one, two])
        createComputed(
          on(store.lane(id).totals, ({ sumMinor }) => told.push([id, sumMinor, store.lane(id).movedBy()]), {
            defer: true,
          }),
        );
    });
    const moved = moveDeals(theirs, { ids: ['b'], stageId: two }, env);
    if (!moved.ok) throw new Error(moved.error.message);
    applyPatch(theirs, moved.value);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(doc)));
    expect(told).toEqual([
      [one, 100, theirs.clientID],
      [two, 300, theirs.clientID],
    ]);
    expect(store.lane(two).movedBy()).toBeUndefined();
    act(editDeals(doc, ['b'], { value: { minor: 500, currency: 'EUR' } }, env));
    expect(told.at(-1)).toEqual([two, 500, undefined]);
  });

  it('goes on over a document that replaces it: what differs is told, what is equal stays as it was', () => {
    const { doc, act, one, two, values, store, lanes, replace } = setUp();
    const truth = new Y.Doc();
    Y.applyUpdate(truth, Y.encodeStateAsUpdate(doc));
    act(moveDeals(doc, { ids: ['b'], stageId: two }, env));
    act(editDeals(doc, ['c'], { title: 'Refused' }, env));
    act(addDeals(doc, [{ id: 'd', stageId: one, values: values('D', 100) }], env));
    act(editStage(doc, two, { name: 'Refused' }));
    const [titles, stayed] = [[] as unknown[], [] as unknown[]];
    createRoot(() => {
      createComputed(() => titles.push(store.deals.get('c')?.title));
      createComputed(() => stayed.push(store.deals.get('a')?.title));
    });
    expect(lanes()).toBe('acd|b');
    replace(truth);
    expect(lanes()).toBe('abc|');
    expect(store.doc).toBe(truth);
    expect(store.deals.peek('d')).toBeUndefined();
    expect(store.stage(two)?.name).not.toBe('Refused');
    expect(titles).toEqual(['Refused', 'C']);
    expect(stayed).toEqual(['A']);
    // The one it left is followed no more, the new one is.
    applyPatch(doc, [{ root: 'cards', id: 'a', set: { title: 'Too late' } }]);
    expect(store.deals.peek('a')?.title).toBe('A');
    const moved = moveDeals(truth, { ids: ['a'], stageId: two }, env);
    if (!moved.ok) throw new Error(moved.error.message);
    applyPatch(truth, moved.value);
    expect(lanes()).toBe('bc|a');
    expect(store.lane(two).totals().count).toBe(1);
  });
});
