import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { openDocument, type SharedDocument } from '../../packages/sync/src/client/shared-document.ts';
import { saveWord } from '../../packages/sync/src/client/status.ts';
import { makeHub } from '../../packages/sync/src/server/hub.ts';
import { defaultLimits } from '../../packages/sync/src/server/limits.ts';
import { MemoryStore } from '../../packages/sync/src/server/memory-store.ts';
import type { Access, Hub } from '../../packages/sync/src/server/ports.ts';
import { attachSocket } from '../../packages/sync/src/server/ws-endpoint.ts';

// The browser's client against the real room, over real sockets.

let store: MemoryStore;
let hub: Hub;
let server: Server;
let sockets: Set<ServerSocket>;
let accessOf: Map<string, Access>;
let documents: SharedDocument[];

beforeEach(async () => {
  store = new MemoryStore();
  hub = await makeHub({ store, kinds: [], limits: defaultLimits, now: Date.now, log: () => undefined });
  await hub.create('board/1', { actor: 'server', via: 'server' }, (doc) => doc.getMap('meta').set('schema', 1));
  sockets = new Set();
  accessOf = new Map();
  documents = [];
  const accept = new WebSocketServer({ noServer: true });
  server = createServer();
  server.on('upgrade', (request, stream, head) =>
    accept.handleUpgrade(request, stream, head, (socket) => {
      const query = new URL(request.url ?? '', 'http://x').searchParams;
      const memberId = query.get('member') ?? '';
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      attachSocket(socket, (peer) =>
        hub.connect({
          doc: 'board/1',
          socket: peer,
          identity: { memberId, name: memberId, colour: 1 },
          access: accessOf.get(memberId) ?? 'write',
          notices: query.get('x') === '1',
        }),
      );
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  for (const document of documents) await document.close();
  await hub.close();
  await new Promise((resolve) => server.close(resolve));
});

async function join(member: string): Promise<SharedDocument> {
  const { port } = server.address() as AddressInfo;
  const document = openDocument({
    url: `ws://127.0.0.1:${port}/sync/w/board/1?member=${member}`,
    workspaceId: 'w',
    name: 'board/1',
  });
  documents.push(document);
  await until(() => document.status.get().connection === 'online');
  return document;
}

const fields = (document: SharedDocument) => document.doc().getMap('fields');
const set = (document: SharedDocument, key: string, value: string | number) =>
  document.doc().transact(() => fields(document).set(key, value), { change: { key } });
const word = (document: SharedDocument) => saveWord(document.status.get());
const cutAll = () => {
  for (const socket of sockets) socket.terminate();
};

/** Waits for a condition; the test's own time limit is what ends a wait in vain. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('the browser’s client and the room', () => {
  it('bring edits and presence across and say saved only when the commit is done', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')];
    let finish = () => undefined as void;
    store.beforeCommit = () => new Promise<void>((resolve) => (finish = resolve));
    set(ann, 'a', 1);
    ann.awareness().setLocalState({ card: 'c1' });
    await until(() => [...bob.awareness().getStates().values()].some((state) => state['card'] === 'c1'));
    expect(word(ann)).toEqual({ word: 'saving', count: 1 });
    expect(fields(bob).get('a')).toBeUndefined();
    store.beforeCommit = async () => undefined;
    finish();
    expect(await ann.flush()).toBe('saved');
    await until(() => fields(bob).get('a') === 1);
    expect(word(ann)).toEqual({ word: 'saved' });
  });

  it('come together after cut links, with conflicting edits of both', async () => {
    const [ann, bob] = [await join('ann'), await join('bob')];
    for (let round = 0; round < 5; round += 1) {
      cutAll();
      set(ann, 'both', `ann ${round}`);
      set(bob, 'both', `bob ${round}`);
      set(ann, `ann ${round}`, 1);
      set(bob, `bob ${round}`, 1);
      await new Promise((resolve) => setTimeout(resolve, round * 40));
    }
    expect(await Promise.all([ann.flush(), bob.flush()])).toEqual(['saved', 'saved']);
    await until(() => fields(ann).size === 11 && fields(bob).size === 11);
    expect(fields(ann).toJSON()).toEqual(fields(bob).toJSON());
    expect(await hub.read('board/1', (doc) => doc.getMap('fields').toJSON())).toEqual(fields(ann).toJSON());
  });

  it('keep a change through a failed commit and save it when the store works again', async () => {
    const ann = await join('ann');
    store.failure = new Error('disk full');
    set(ann, 'a', 1);
    await until(() => ann.status.get().problem !== null);
    expect(ann.status.get().unsaved).toBe(1);
    store.failure = null;
    expect(await ann.flush()).toBe('saved');
    expect(store.log.at(-1)?.actor).toBe('ann');
  });

  it('give a reader the document but no edits, and hand refused ones back', async () => {
    const ann = await join('ann');
    set(ann, 'a', 'hers');
    await ann.flush();
    accessOf.set('bob', 'read');
    const bob = await join('bob');
    expect(bob.status.get().access).toBe('read');
    set(bob, 'a', 'his');
    await until(() => bob.status.get().refused.length === 1);
    expect(fields(bob).get('a')).toBe('hers');
    expect(bob.status.get()).toMatchObject({ unsaved: 0, access: 'read', connection: 'online' });
    expect(bob.status.get().refused[0]?.values).toEqual([{ path: ['fields'], value: { a: 'his' } }]);
    hub.setAccess('bob', 'write');
    accessOf.set('bob', 'write');
    await until(() => bob.status.get().access === 'write' && bob.status.get().connection === 'online');
    set(bob, 'b', 1);
    expect(await bob.flush()).toBe('saved');
  });

  it('refuse a forged clientID once, keep what came before it, and go on with a new document', async () => {
    const [ann, eve] = [await join('ann'), await join('eve')];
    set(ann, 'a', 1);
    set(eve, 'before', 1);
    await Promise.all([ann.flush(), eve.flush()]);
    await until(() => fields(eve).get('a') === 1);
    eve.doc().clientID = ann.doc().clientID;
    set(eve, 'forged', 1);
    await until(() => eve.status.get().refused.length === 1);
    expect(eve.status.get().refused[0]?.code).toBe('foreign-client');
    expect(fields(eve).toJSON()).toEqual({ a: 1, before: 1 });
    set(eve, 'after', 1);
    expect(await eve.flush()).toBe('saved');
    await until(() => fields(ann).get('after') === 1);
    expect(fields(ann).get('forged')).toBeUndefined();
  });

  it('close for good when access is taken away, and keep what was not saved to copy out', async () => {
    const bob = await join('bob');
    store.beforeCommit = () => new Promise(() => undefined);
    set(bob, 'a', 1);
    await until(() => bob.status.get().unsaved === 1 && word(bob).word === 'saving');
    hub.setAccess('bob', 'none');
    await until(() => bob.status.get().closed !== null);
    expect(bob.status.get()).toMatchObject({ unsaved: 0, closed: { code: 4403 } });
    expect(bob.status.get().refused).toHaveLength(1);
    // The commit that never ends must not hold up the end of the test.
    store = new MemoryStore();
    hub = await makeHub({ store, kinds: [], limits: defaultLimits, now: Date.now, log: () => undefined });
  });
});
