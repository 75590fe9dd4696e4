import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { PendingChange } from './changes.ts';
import { openOfflineStore } from './offline-store.ts';

async function setUp() {
  const indexedDB = new IDBFactory();
  let time = 0;
  const store = () => openOfflineStore({ name: 'person', indexedDB, now: () => (time += 1) });
  return { store, first: await store() };
}

function makeDoc() {
  const doc = new Y.Doc();
  const edit = (key: string) => {
    const before = Y.encodeStateVector(doc);
    doc.getMap('m').set(key, 1);
    return Y.encodeStateAsUpdate(doc, before);
  };
  return { doc, edit, encode: () => Y.encodeStateAsUpdate(doc) };
}

const pending = (id: string, at = 1): PendingChange => ({
  id,
  at,
  change: { kind: 'x' },
  offline: true,
  touched: [],
  inserts: [],
  deletes: [],
});

function keysOf(updates: Uint8Array[]): string[] {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return [...doc.getMap('m').keys()].sort();
}

it('keeps an update and its change together and gives both back', async () => {
  const { store, first } = await setUp();
  const { edit, encode } = makeDoc();
  const kept = await first.open('w', 'board/1', encode);
  expect(await kept.append([edit('a'), edit('b')], [pending('1', 5), pending('2', 4)])).toBe('kept');
  const again = await (await store()).open('w', 'board/1', encode);
  expect(keysOf(again.state.updates)).toEqual(['a', 'b']);
  expect(again.state.pending.map(({ id }) => id)).toEqual(['2', '1']);
  await again.saved(['1']);
  expect(await first.unsavedTotal()).toBe(1);
});

it('starts the write before it returns, so that a tab that closes right after loses nothing', async () => {
  const { store, first } = await setUp();
  const { edit, encode } = makeDoc();
  const kept = await first.open('w', 'board/1', encode);
  void kept.append([edit('a')], [pending('1')]);
  first.close();
  expect((await (await store()).open('w', 'board/1', encode)).state.pending).toHaveLength(1);
});

it('keeps documents and workspaces apart', async () => {
  const { first } = await setUp();
  const { edit, encode } = makeDoc();
  await (await first.open('w', 'board/1', encode)).append([edit('a')], [pending('1')]);
  for (const [workspace, name] of [
    ['w', 'board/2'],
    ['v', 'board/1'],
  ] as const) {
    const other = await first.open(workspace, name, encode);
    expect(other.state).toMatchObject({ updates: [], pending: [] });
  }
  expect(await first.list()).toHaveLength(3);
});

it('lets another tab whose base was replaced add all that it has', async () => {
  const { store, first } = await setUp();
  const [a, b] = [makeDoc(), makeDoc()];
  const keptA = await first.open('w', 'board/1', a.encode);
  const keptB = await (await store()).open('w', 'board/1', b.encode);
  await keptB.append([b.edit('b1')], []);
  const fresh = makeDoc();
  await keptA.append([a.edit('refused')], [pending('r')]);
  await keptA.replace((fresh.edit('server'), fresh.encode()), ['r'], []);
  expect(await keptB.append([b.edit('b2')], [pending('b')])).toBe('kept');
  const again = await (await store()).open('w', 'board/1', a.encode);
  expect(keysOf(again.state.updates)).toEqual(['b1', 'b2', 'server']);
  expect(again.state.pending.map(({ id }) => id)).toEqual(['b']);
});

it('remembers the access, which says offline whether editing makes sense', async () => {
  const { store, first } = await setUp();
  const { encode } = makeDoc();
  const kept = await first.open('w', 'board/1', encode);
  expect(kept.state.access).toBe('write');
  await kept.setAccess('read');
  expect((await (await store()).open('w', 'board/1', encode)).state.access).toBe('read');
});

it('prunes what was used longest ago, but nothing that is unsaved', async () => {
  const { first } = await setUp();
  const { edit, encode } = makeDoc();
  for (const name of ['board/1', 'board/2', 'board/3', 'board/4']) {
    const kept = await first.open('w', name, encode);
    if (name === 'board/1') await kept.append([edit('a')], [pending('1')]);
  }
  await first.prune(2);
  expect((await first.list()).map(({ name }) => name)).toEqual(['board/1', 'board/3', 'board/4']);
});

it('answers “cleared” and keeps nothing once the store was cleared under it', async () => {
  const { store, first } = await setUp();
  const { edit, encode } = makeDoc();
  const kept = await first.open('w', 'board/1', encode);
  await (await store()).clearAll();
  expect(await kept.append([edit('a')], [pending('1')])).toBe('cleared');
  expect(await first.unsavedTotal()).toBe(0);
});
