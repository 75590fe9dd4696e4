import { IDBFactory } from 'fake-indexeddb';
import { afterEach, describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { openOfflineStore, type OfflineStore } from './offline-store.ts';
import { openDocument, type SharedDocument } from './shared-document.ts';
import { saveWord } from './status.ts';
import { makeTestClock, runWithStorage as run } from './test-clock.ts';
import { makeTestServer } from './test-server.ts';

const opened: SharedDocument[] = [];
afterEach(async () => {
  for (const document of opened.splice(0)) await document.close();
});

async function setUp() {
  const clock = makeTestClock();
  const server = makeTestServer(clock);
  const indexedDB = new IDBFactory();
  const store = () => openOfflineStore({ name: 'person-1', indexedDB, now: clock.now });
  const open = (offline?: OfflineStore) => {
    const document = openDocument({
      url: 'ws://test/sync/w/board/1',
      workspaceId: 'w',
      name: 'board/1',
      environment: { ...clock, WebSocket: server.WebSocket },
      ...(offline ? { offline } : {}),
    });
    opened.push(document);
    return document;
  };
  return { clock, server, store, open };
}

const set = (document: SharedDocument, key: string, value: string) =>
  document.doc().transact(() => document.doc().getMap('root').set(key, value), { change: { kind: 'set', key } });
const root = (doc: Y.Doc) => doc.getMap('root').toJSON();
const word = (document: SharedDocument) => saveWord(document.status.get());

describe('status', () => {
  it('says saving until the echo, then saved, and counts while offline', async () => {
    const { clock, server, open } = await setUp();
    const document = open();
    await run(clock, 20);
    expect(word(document)).toEqual({ word: 'saved' });
    server.isDurable = false;
    set(document, 'a', '1');
    await run(clock, 20);
    expect(word(document)).toEqual({ word: 'saving', count: 1 });
    server.commit();
    await run(clock, 20);
    expect(word(document)).toEqual({ word: 'saved' });
    server.isUp = false;
    clock.network.offline();
    set(document, 'b', '2');
    set(document, 'c', '3');
    await run(clock, 20);
    expect(word(document)).toEqual({ word: 'offline', count: 2 });
    expect(document.status.get().pending.map(({ change, offline }) => [change, offline])).toEqual([
      [{ kind: 'set', key: 'b' }, true],
      [{ kind: 'set', key: 'c' }, true],
    ]);
  });
});

describe('kept on the device', () => {
  it('knows document and pending changes after a reload without network, and saves them later', async () => {
    const { clock, server, store, open } = await setUp();
    server.doc.getMap('root').set('old', 'x');
    const offline = await store();
    const first = open(offline);
    await run(clock, 2_000);
    server.isUp = false;
    clock.network.offline();
    for (const key of ['a', 'b', 'c', 'd']) set(first, key, '1');
    // No close(): the tab is killed right after the edit.
    await run(clock, 0);
    const second = open(await store());
    await run(clock, 20);
    expect(root(second.doc())).toEqual({ old: 'x', a: '1', b: '1', c: '1', d: '1' });
    expect(word(second)).toEqual({ word: 'offline', count: 4 });
    expect(second.doc().clientID).not.toBe(first.doc().clientID);
    expect(await offline.unsavedTotal()).toBe(4);
    await first.close();
    server.isUp = true;
    await run(clock, 60_000);
    expect(word(second)).toEqual({ word: 'saved' });
    expect(root(server.doc)).toEqual({ old: 'x', a: '1', b: '1', c: '1', d: '1' });
    expect(await offline.unsavedTotal()).toBe(0);
  });

  it('loses no edit of two tabs that are offline together', async () => {
    const { clock, server, store, open } = await setUp();
    const [a, b] = [open(await store()), open(await store())];
    await run(clock, 2_000);
    server.isUp = false;
    clock.network.offline();
    // Enough to compact in both tabs, each over rows that the other wrote.
    for (let index = 0; index < 230; index += 1) {
      set(a, `a${index}`, '1');
      if (index % 2 === 0) set(b, `b${index}`, '1');
      await run(clock, 0);
    }
    await a.close();
    await b.close();
    server.isUp = true;
    const next = open(await store());
    await run(clock, 20);
    expect(Object.keys(root(next.doc()))).toHaveLength(345);
    await run(clock, 60_000);
    expect(word(next)).toEqual({ word: 'saved' });
    expect(Object.keys(root(server.doc))).toHaveLength(345);
  });

  it('goes on without a store when the browser cannot keep anything, and says so', async () => {
    const { clock, server, open } = await setUp();
    const broken = { open: () => Promise.reject(new Error('denied')) } as unknown as OfflineStore;
    const document = open(broken);
    set(document, 'a', '1');
    await run(clock, 20);
    expect(document.status.get()).toMatchObject({ isKeptOnDevice: false, isLoaded: true, connection: 'online' });
    expect(root(server.doc)).toEqual({ a: '1' });
  });

  it('stops keeping when the store is cleared under it', async () => {
    const { clock, store, open } = await setUp();
    const offline = await store();
    const document = open(offline);
    await run(clock, 2_000);
    await offline.clearAll();
    set(document, 'a', '1');
    await run(clock, 50);
    expect(document.status.get().isKeptOnDevice).toBe(false);
    expect(await offline.list()).toEqual([]);
    expect(await offline.unsavedTotal()).toBe(0);
  });
});

describe('refused changes', () => {
  it('keeps what was refused with reason and values, saves what was accepted, and takes the server’s document', async () => {
    const { clock, server, store, open } = await setUp();
    const offline = await store();
    const document = open(offline);
    await run(clock, 2_000);
    const resets: unknown[] = [];
    document.onReset((doc, refused) => resets.push(root(doc), refused.length));
    set(document, 'good', '1');
    await clock.advance(1);
    server.judge = () => ({ type: 'rejected', code: 'malformed', reason: 'Not a change that can be stored.' });
    let outcome = '';
    set(document, 'bad', '2');
    void document.flush().then((result) => (outcome = result));
    await run(clock, 3_000);
    server.judge = () => null;
    expect(resets).toEqual([{ good: '1' }, 1]);
    expect(root(document.doc())).toEqual({ good: '1' });
    expect(outcome).toBe('refused');
    expect(word(document)).toEqual({ word: 'refused', count: 1, reason: 'Not a change that can be stored.' });
    expect(document.status.get().refused).toMatchObject([
      { change: { kind: 'set', key: 'bad' }, code: 'malformed', values: [{ path: ['root'], value: { bad: '2' } }] },
    ]);
    expect(document.status.get().unsaved).toBe(0);
    // The device has the server's document and the refused change, so a reload neither shows nor sends it again.
    const again = open(await store());
    await run(clock, 3_000);
    expect(root(again.doc())).toEqual({ good: '1' });
    expect(word(again)).toMatchObject({ word: 'refused', count: 1 });
    expect(root(server.doc)).toEqual({ good: '1' });
    await again.dismissRefused(again.status.get().refused.map(({ id }) => id));
    expect(word(again)).toEqual({ word: 'saved' });
    // Life goes on with the new document.
    set(document, 'next', '3');
    await run(clock, 50);
    expect(root(server.doc)).toEqual({ good: '1', next: '3' });
    expect(document.status.get().unsaved).toBe(0);
  });

  it('refuses all offline changes of a member who may only read by now', async () => {
    const { clock, server, store, open } = await setUp();
    server.doc.getMap('root').set('a', 'server');
    const document = open(await store());
    await run(clock, 2_000);
    server.isUp = false;
    clock.network.offline();
    set(document, 'a', 'mine');
    set(document, 'b', 'mine');
    server.isUp = true;
    server.greeting = { type: 'access', access: 'read' };
    const judged: number[] = [];
    server.judge = (update) => (judged.push(update.length), { type: 'rejected', code: 'read-only', reason: 'No.' });
    await run(clock, 10_000);
    expect(root(document.doc())).toEqual({ a: 'server' });
    expect(document.status.get()).toMatchObject({ access: 'read', unsaved: 0, connection: 'online' });
    expect(document.status.get().refused.map(({ code }) => code)).toEqual(['read-only', 'read-only']);
    expect(judged).toEqual([]);
  });

  it('takes an edit on a document that may only be read back at once', async () => {
    const { clock, server, open } = await setUp();
    server.greeting = { type: 'access', access: 'read' };
    const document = open();
    await run(clock, 20);
    set(document, 'a', 'mine');
    await run(clock, 100);
    expect(root(document.doc())).toEqual({});
    expect(document.status.get().refused).toHaveLength(1);
    expect(document.status.get().connection).toBe('online');
  });

  it('loses no edit that is made while the fresh document is on its way, and keeps one’s presence', async () => {
    const { clock, server, store, open } = await setUp();
    const document = open(await store());
    await run(clock, 2_000);
    document.awareness().setLocalState({ card: 'c1' });
    server.judge = () => ({ type: 'rejected', code: 'malformed', reason: 'No.' });
    server.isDurable = false;
    set(document, 'bad', '1');
    await run(clock, 10);
    server.isUp = false;
    server.latest().close(1006);
    document.reconnect();
    await run(clock, 10_000);
    set(document, 'meanwhile', '2');
    await run(clock, 10);
    expect(document.status.get()).toMatchObject({ connection: 'offline', unsaved: 2, refused: [] });
    server.isUp = server.isDurable = true;
    server.judge = () => null;
    await run(clock, 60_000);
    expect(document.status.get().refused.map(({ values }) => values[0]?.value)).toEqual([
      { bad: '1' },
      { meanwhile: '2' },
    ]);
    expect(document.status.get()).toMatchObject({ connection: 'online', unsaved: 0 });
    expect(root(document.doc())).toEqual({});
    expect(document.awareness().getLocalState()).toEqual({ card: 'c1' });
  });

  it('does not loop when the server refuses everything', async () => {
    const { clock, server, store, open } = await setUp();
    server.judge = () => ({ type: 'rejected', code: 'foreign-client', reason: 'No.' });
    const document = open(await store());
    set(document, 'a', '1');
    await run(clock, 300_000);
    expect(server.sockets.length).toBeLessThan(5);
    expect(document.status.get()).toMatchObject({ unsaved: 0, connection: 'online' });
    expect(document.status.get().refused).toHaveLength(1);
  });

  it('sends again what was refused for its rate only', async () => {
    const { clock, server, open } = await setUp();
    const document = open();
    await run(clock, 20);
    let refusals = 1;
    server.judge = () => (refusals-- > 0 ? { type: 'rejected', code: 'rate', reason: 'Too fast.' } : null);
    set(document, 'a', '1');
    await run(clock, 5_000);
    expect(root(server.doc)).toEqual({ a: '1' });
    expect(word(document)).toEqual({ word: 'saved' });
  });

  it('keeps unsaved changes to copy out when access is gone, and drops the copy of the document', async () => {
    const { clock, server, store, open } = await setUp();
    const offline = await store();
    const document = open(offline);
    await run(clock, 2_000);
    server.isDurable = false;
    set(document, 'a', '1');
    await run(clock, 20);
    server.latest().close(4403, 'You were removed from this board.');
    await run(clock, 50);
    expect(word(document)).toEqual({ word: 'refused', count: 1, reason: 'You were removed from this board.' });
    const kept = await offline.open('w', 'board/1', () => new Uint8Array([0, 0]));
    expect(kept.state).toMatchObject({ updates: [], pending: [], refused: [{ code: 'no-access' }] });
  });

  it('keeps unsaved changes pending when the session ended, for after signing in again', async () => {
    const { clock, server, open } = await setUp();
    const document = open();
    await run(clock, 20);
    server.isDurable = false;
    set(document, 'a', '1');
    server.latest().close(4401, 'Sign in again.');
    await run(clock, 60_000);
    expect(document.status.get()).toMatchObject({ unsaved: 1, closed: { code: 4401 } });
    server.isDurable = true;
    document.reconnect();
    await run(clock, 50);
    expect(word(document)).toEqual({ word: 'saved' });
  });
});
