import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { cellsKind, cellsSchema } from '@rapport/sync/server/cells-kind';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import type { Hub } from '@rapport/sync/server/ports';
import { openSqliteStore, type SqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';
import { attachSocket } from '@rapport/sync/server/ws-endpoint';

// The stock y-websocket provider, unmodified, against a hub over real sockets and a real file.
const doc = 'cells/a';
let folder: string;
let store: SqliteStore;
let hub: Hub;
let sockets: WebSocketServer;
let port = 0;
let clients: { doc: Y.Doc; provider: WebsocketProvider }[];

async function listen(): Promise<void> {
  store = openSqliteStore({ path: join(folder, 'w.sqlite'), schema: cellsSchema });
  hub = makeHub({
    store,
    kinds: [cellsKind],
    limits: defaultLimits,
    now: () => Date.now(),
    log: () => {},
    keepAliveMs: 50,
  });
  sockets = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false, maxPayload: 9 * 2 ** 20 });
  await once(sockets, 'listening');
  const address = sockets.address();
  if (typeof address === 'object' && address !== null) port = address.port;
  sockets.on('connection', (ws, request) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const memberId = url.searchParams.get('as') ?? 'ann';
    const identity = { memberId, name: memberId, colour: 1 };
    attachSocket(
      ws,
      (socket) =>
        hub.connect({
          doc: url.pathname.slice(1),
          socket,
          identity,
          access: 'write',
          notices: url.searchParams.has('x'),
        }),
      // As the server does it: the connection below, for frames that are framed once.
      request.socket,
    );
  });
}

async function stop(): Promise<void> {
  await hub.close();
  await new Promise((resolve) => sockets.close(resolve));
  await store.close();
}

function client(memberId: string, name = doc): { doc: Y.Doc; provider: WebsocketProvider } {
  const made = new Y.Doc();
  const provider = new WebsocketProvider(`ws://127.0.0.1:${String(port)}`, name, made, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { as: memberId },
    maxBackoffTime: 200,
  });
  const joined = { doc: made, provider };
  clients.push(joined);
  return joined;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sync-wire-'));
  port = 0;
  clients = [];
  await listen();
  await hub.create(doc, { actor: 'server', via: 'server' }, (made) => made.getMap('cells').set('seed', 1));
});

afterEach(async () => {
  for (const { provider } of clients) {
    provider.destroy();
    provider.awareness.destroy();
  }
  await stop();
  rmSync(folder, { recursive: true });
});

describe('a stock y-websocket client', () => {
  test('[S70] two converge, see each other, and go on after a restart (1012)', async () => {
    const [a, b] = [client('ann'), client('bob')];
    await until(() => a.provider.synced && b.provider.synced);
    a.doc.getMap('cells').set('a', 1);
    b.doc.getMap('cells').set('b', 2);
    const whole = { seed: 1, a: 1, b: 2 };
    await until(() => a.doc.getMap('cells').size === 3 && b.doc.getMap('cells').size === 3);
    a.provider.awareness.setLocalStateField('cursor', 7);
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID)?.['cursor'] === 7);
    expect(b.provider.awareness.getStates().get(a.doc.clientID)).toEqual({
      cursor: 7,
      user: { id: 'ann', name: 'ann', colour: 1 },
    });
    await stop();
    await until(() => !a.provider.wsconnected && !b.provider.wsconnected);
    a.doc.getMap('cells').set('offline', 3);
    await listen();
    await until(() => b.doc.getMap('cells').get('offline') === 3);
    await until(() => b.provider.awareness.getStates().has(a.doc.clientID));
    expect(a.doc.getMap('cells').toJSON()).toEqual({ ...whole, offline: 3 });
    expect(store.database.prepare('SELECT actor, via FROM sync_log ORDER BY seq DESC LIMIT 1').get()).toEqual({
      actor: 'ann',
      via: 'offline',
    });
  });

  test('[S70] frames of every length arrive whole and in order', async () => {
    const [a, b] = [client('ann'), client('bob')];
    await until(() => a.provider.synced && b.provider.synced);
    for (const length of [1, 100, 130, 40_000, 65_400, 66_000, 300_000, 5]) {
      a.doc.getMap('cells').set(`of ${String(length)}`, 'x'.repeat(length));
      // One frame each: what is sent within one turn is merged.
      await until(() => b.doc.getMap('cells').has(`of ${String(length)}`));
    }
    expect(b.doc.getMap('cells').toJSON()).toEqual(a.doc.getMap('cells').toJSON());
  });

  test('[S71] hears something while nobody does anything', async () => {
    const a = client('ann');
    await until(() => a.provider.synced);
    for (let heard = 0; heard < 3; heard++) {
      const last = a.provider.wsLastMessageReceived;
      await until(() => a.provider.wsLastMessageReceived > last);
    }
    expect(a.provider.wsconnected).toBe(true);
  });

  test('[S72] a final close is final, and no frame however odd stops the server', async () => {
    const none = client('ann', 'cells/none');
    const closed = new Promise((resolve) => none.provider.on('closed', resolve));
    expect(await closed).toMatchObject({ code: 4404 });
    for (const frame of [
      'text',
      Buffer.alloc(10 * 2 ** 20),
      Buffer.from([0]),
      Buffer.from([0, 2, 3, 1, 1]),
      Buffer.alloc(0),
    ]) {
      const ws = new WebSocket(`ws://127.0.0.1:${String(port)}/${doc}`);
      await once(ws, 'open');
      ws.on('error', () => {});
      ws.send(frame);
      const [code] = await once(ws, 'close');
      expect([4400, 1009, 1006]).toContain(code);
    }
    const a = client('ann');
    await until(() => a.provider.synced);
    expect(a.doc.getMap('cells').toJSON()).toEqual({ seed: 1 });
  });
});
