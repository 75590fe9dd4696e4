import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { RecordWrite } from './patch.ts';
import { applyPatch } from './patch.ts';
import { historyLimit, type KeptHistory, makeHistory } from './undo.ts';

function setUp() {
  const doc = new Y.Doc();
  const history = makeHistory<string>({ now: () => 1000, documentOf: async (name) => (name === 'gone' ? null : doc) });
  const write = (id: string, set: RecordWrite['set'], create?: true): RecordWrite =>
    create ? { root: 'cards', id, create, set } : { root: 'cards', id, set };
  const perform = (label: string, ...patch: RecordWrite[]) =>
    history.push({ label, parts: [{ doc: 'board/1', applied: applyPatch(doc, patch) }] });
  const read = (id: string) => (doc.getMap('cards').get(id) as Y.Map<unknown>).toJSON();
  applyPatch(doc, [write('a', { value: 1, title: 'A' }, true), write('b', { value: 2 }, true)]);
  return { doc, history, write, perform, read };
}

describe('a person’s history', () => {
  it('undoes and redoes steps in turn', async () => {
    const { history, perform, write, read } = setUp();
    perform('raise', write('a', { value: 5 }));
    perform('rename', write('a', { title: 'AA' }), write('b', { value: 9 }));
    expect(await history.undo()).toMatchObject({ label: 'rename', done: 2, kept: [] });
    expect([read('a'), read('b')]).toEqual([{ value: 5, title: 'A' }, { value: 2 }]);
    await history.undo();
    expect(read('a')).toEqual({ value: 1, title: 'A' });
    expect(await history.undo()).toBeNull();
    await history.redo();
    await history.redo();
    expect([read('a'), read('b')]).toEqual([{ value: 5, title: 'AA' }, { value: 9 }]);
    expect(await history.redo()).toBeNull();
  });

  it('leaves what a colleague changed since, says which field and whose client wrote it', async () => {
    const { doc, history, perform, write, read } = setUp();
    perform('edit', write('a', { value: 5, title: 'AA' }));
    const colleague = new Y.Doc();
    Y.applyUpdate(colleague, Y.encodeStateAsUpdate(doc));
    (colleague.getMap('cards').get('a') as Y.Map<unknown>).set('value', 7);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague));
    const outcome = await history.undo();
    expect(read('a')).toEqual({ value: 7, title: 'A' });
    expect(outcome?.kept).toMatchObject([{ id: 'a', field: 'value', to: 7, client: colleague.clientID }]);
    await history.redo();
    expect(read('a')).toEqual({ value: 7, title: 'AA' });
  });

  it('leaves a record alone that moved to another document meanwhile', async () => {
    const { doc, history, perform, write, read } = setUp();
    perform('empty', write('b', { value: null }));
    applyPatch(doc, [write('b', { movedTo: 'board/2' })]);
    expect((await history.undo())?.kept).toMatchObject([{ id: 'b', field: 'value' }]);
    expect(read('b')).toEqual({ movedTo: 'board/2' });
  });

  it('takes a creation back as a soft delete and restores it on redo', async () => {
    const { history, perform, write, read } = setUp();
    perform('add', write('c', { title: 'C' }, true));
    await history.undo();
    expect(read('c')).toEqual({ title: 'C', deletedAt: 1000 });
    await history.redo();
    expect(read('c')).toEqual({ title: 'C' });
  });

  it('a creation that was done again stays once a colleague wrote in it', async () => {
    const { doc, history, perform, write, read } = setUp();
    perform('add', write('c', { title: 'C' }, true));
    await history.undo();
    await history.redo();
    applyPatch(doc, [write('c', { value: 3 })]);
    expect(await history.undo()).toMatchObject({ done: 0, kept: [{ id: 'c', field: 'value' }] });
    expect(read('c')).toEqual({ title: 'C', value: 3 });
  });

  it('a new step ends what could be redone; steps that changed nothing are no steps', async () => {
    const { history, perform, write } = setUp();
    perform('raise', write('a', { value: 5 }));
    await history.undo();
    perform('nothing', write('a', { value: 1 }));
    expect(history.nextRedo()).toBe('raise');
    perform('lower', write('a', { value: 0 }));
    expect([history.nextUndo(), history.nextRedo()]).toEqual(['lower', null]);
  });

  it('keeps the step when a document cannot be opened', async () => {
    const { doc, history, write } = setUp();
    history.push({ label: 'far', parts: [{ doc: 'gone', applied: applyPatch(doc, [write('a', { value: 3 })]) }] });
    expect(await history.undo()).toEqual({ label: 'far', done: 0, kept: [], unavailable: ['gone'] });
    expect(history.nextUndo()).toBe('far');
  });

  it('takes back what the server did by asking it again; what it refuses stays on the list', async () => {
    const { history } = setUp();
    const asked: string[] = [];
    let isThere = false;
    const ask = (what: string) => async () => isThere && asked.push(what) > 0;
    history.push({ label: 'moved', parts: [], remote: { back: ask('back'), again: ask('again') } });
    expect(await history.undo()).toMatchObject({ done: 0, unavailable: ['the server'] });
    isThere = true;
    expect(await history.undo()).toEqual({ label: 'moved', done: 1, kept: [], unavailable: [] });
    await history.redo();
    await history.undo();
    expect(asked).toEqual(['back', 'again', 'back']);
  });

  it('is kept as data and goes on elsewhere: undo, redo, and what colleagues did meanwhile', async () => {
    const { doc, history, perform, write, read } = setUp();
    perform('raise', write('a', { value: 5 }));
    perform('make', write('c', { value: 3 }, true));
    perform('rename', write('a', { title: 'AA' }));
    await history.undo();
    const text = JSON.stringify(history.toKeep(() => true));
    const again = makeHistory<string>({
      now: () => 2000,
      documentOf: () => Promise.resolve(doc),
      kept: JSON.parse(text) as KeptHistory<string>,
    });
    expect(await again.redo()).toMatchObject({ label: 'rename', done: 1 });
    expect(read('a')).toMatchObject({ title: 'AA' });
    await again.undo();
    expect(await again.undo()).toMatchObject({ label: 'make', done: 1 });
    expect(read('c')).toMatchObject({ deletedAt: 2000 });
    applyPatch(doc, [write('a', { value: 7 })]);
    expect(await again.undo()).toMatchObject({ label: 'raise', done: 0, kept: [{ field: 'value', to: 7 }] });
    expect(await again.undo()).toBeNull();
  });

  it('keeps nothing of what the server did nor of documents that are not seen, and nothing older than those', async () => {
    const { doc, history, perform, write } = setUp();
    const labels = (isKept: (name: string) => boolean) => history.toKeep(isKept).done.map(({ label }) => label);
    perform('first', write('a', { value: 5 }));
    history.push({ label: 'remote', parts: [], remote: { back: async () => true, again: async () => true } });
    perform('second', write('a', { value: 6 }));
    expect(labels(() => true)).toEqual(['second']);
    history.push({
      label: 'hidden',
      parts: [{ doc: 'board/2', applied: applyPatch(doc, [write('b', { value: 4 })]) }],
    });
    perform('third', write('a', { value: 7 }));
    expect(labels(() => true)).toEqual(['second', 'hidden', 'third']);
    expect(labels((name) => name !== 'board/2')).toEqual(['third']);
  });

  it('forgets the oldest steps past its limit', async () => {
    const { history, perform, write, read } = setUp();
    for (let i = 0; i < historyLimit + 5; i++) perform(`set ${i}`, write('b', { value: 100 + i }));
    for (let i = 0; i < historyLimit + 10; i++) await history.undo();
    expect(read('b')).toEqual({ value: 104 });
  });
});
