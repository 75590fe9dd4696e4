import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, it } from 'vitest';
import { openOfflineStore } from './offline-store.ts';
import { makeSession, type Session } from './session.ts';
import { saveWord } from './status.ts';
import { makeTestClock, runWithStorage as run } from './test-clock.ts';
import { makeTestServer } from './test-server.ts';

const made: Session[] = [];
afterEach(async () => {
  for (const session of made.splice(0)) await session.close();
});

async function setUp() {
  const clock = makeTestClock();
  const server = makeTestServer(clock);
  const offline = await openOfflineStore({ name: 'person', indexedDB: new IDBFactory(), now: clock.now });
  const start = () => {
    const session = makeSession({
      baseUrl: 'https://crm.example',
      workspaceId: 'w1',
      offline,
      query: { token: 'k&y' },
      environment: { ...clock, WebSocket: server.WebSocket },
    });
    made.push(session);
    return session;
  };
  return { clock, server, offline, start };
}

it('opens a document once for many users and closes it 30 s after the last', async () => {
  const { clock, server, start } = await setUp();
  const session = start();
  const [first, second] = [session.open('board/1~2026q3'), session.open('board/1~2026q3')];
  await run(clock, 20);
  expect(first.document).toBe(second.document);
  expect(server.sockets.map(({ url }) => url)).toEqual(['wss://crm.example/sync/w1/board/1~2026q3?token=k%26y&x=1']);
  first.release();
  first.release();
  await run(clock, 40_000);
  expect(session.open('board/1~2026q3').document).toBe(second.document);
  session.open('board/1~2026q3').release();
  second.release();
  await run(clock, 40_000);
  expect(server.sockets).toHaveLength(1);
});

it('lets go after the last user, and a new user within 30 s finds it still open', async () => {
  const { clock, server, start } = await setUp();
  const session = start();
  const lease = session.open('board/1');
  await run(clock, 20);
  lease.release();
  await run(clock, 20_000);
  const again = session.open('board/1');
  expect(again.document).toBe(lease.document);
  await run(clock, 60_000);
  again.release();
  await run(clock, 31_000);
  expect(session.open('board/1').document).not.toBe(lease.document);
  await run(clock, 20);
  expect(server.sockets).toHaveLength(2);
});

it('adds up the saving of all documents', async () => {
  const { clock, server, start } = await setUp();
  const session = start();
  const a = session.open('board/1').document;
  const b = session.open('note/2').document;
  await run(clock, 2_000);
  expect(saveWord(session.status.get())).toEqual({ word: 'saved' });
  server.isUp = false;
  clock.network.offline();
  a.doc().transact(() => a.doc().getMap('m').set('k', 1), { change: { kind: 'one' } });
  b.doc().transact(() => b.doc().getMap('m').set('k', 1), { change: { kind: 'two' } });
  await run(clock, 20);
  expect(saveWord(session.status.get())).toEqual({ word: 'offline', count: 2 });
  expect(session.status.get().pending.map(({ documentName, change }) => [documentName, change])).toEqual([
    ['board/1', { kind: 'one' }],
    ['note/2', { kind: 'two' }],
  ]);
});

it('sends what an earlier page left unsaved in documents that nobody opens', async () => {
  const { clock, server, offline, start } = await setUp();
  server.isUp = false;
  const earlier = start();
  const { document } = earlier.open('board/7');
  document.doc().getMap('m').set('k', 'left behind');
  await run(clock, 20);
  await earlier.close();
  expect(await offline.list()).toMatchObject([{ workspaceId: 'w1', name: 'board/7', unsaved: 1 }]);
  server.isUp = true;
  const session = start();
  await session.resumeUnsaved();
  await run(clock, 20);
  expect(server.doc.getMap('m').get('k')).toBe('left behind');
  expect(await offline.unsavedTotal()).toBe(0);
});

it('asks before it signs out over unsaved changes, then leaves nothing on the device', async () => {
  const { clock, server, offline, start } = await setUp();
  const session = start();
  const { document } = session.open('board/1');
  await run(clock, 2_000);
  server.isDurable = false;
  document.doc().getMap('m').set('k', 'v');
  await run(clock, 20);
  expect(await session.signOut()).toEqual({ ok: false, error: 'unsaved', unsaved: 1, refused: 0 });
  expect(document.status.get().connection).toBe('online');
  expect(await session.signOut({ discardUnsaved: true })).toEqual({ ok: true });
  expect(await offline.list()).toEqual([]);
  expect(await offline.unsavedTotal()).toBe(0);
  expect(server.latest().isOpen()).toBe(false);
});
