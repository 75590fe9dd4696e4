import { body } from '@rapport/domain/http/body.node';
import { requireRole, type Noun, type WorkspaceEnv } from '@rapport/domain/http/workspace-context.node';
import { createConnection } from 'node:net';
import Sqlite from 'better-sqlite3';
import { Hono } from 'hono';
import { createDecoder, readVarString, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import {
  caller,
  joinAs,
  makeKey,
  makeWorkspace,
  openServer,
  signIn,
  signUp,
  type Person,
  type TestServer,
} from './server-fixture.ts';

/** The smallest noun there is: a document with a title and a row for it. */
const pads: Noun = {
  name: 'pads',
  readModel: ['CREATE TABLE pads (id TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT'],
  kinds: [
    {
      owns: (name) => name.startsWith('pad/'),
      projector: (name, doc) => ({
        project: () => [
          { table: 'pads', key: { id: name.slice(4) }, row: { title: [...doc.getMap('meta').values()].join(' ') } },
        ],
      }),
    },
  ],
  routes: ({ newId }) =>
    new Hono<WorkspaceEnv>()
      .post('/pads', requireRole('member'), body(v.strictObject({ title: v.string() })), async (c) => {
        const { hub, author } = c.var.workspace;
        const doc = `pad/${newId()}`;
        await hub.create(doc, author(), (made) => void made.getMap('meta').set('title', c.req.valid('json').title));
        return c.json({ doc }, 201);
      })
      .get('/pads', (c) => c.json({ items: c.var.workspace.query.all('SELECT * FROM pads ORDER BY id') })),
};

let server: TestServer;
let ana: Person;
let workspace: { id: string; path: string };
let doc: string;

beforeAll(async () => {
  server = await openServer({ replace: { nouns: [pads] } });
  ana = await signUp(server, 'Ana');
  workspace = await makeWorkspace(ana);
  doc = String((await ana.call('POST', `${workspace.path}/pads`, { title: 'First' })).body['doc']);
});
afterAll(() => server.stop());

interface Line {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  /** Resolves with the first message, sent or still to come, that `fits`. */
  until(fits: (data: Uint8Array) => boolean): Promise<Uint8Array>;
}

function connect(path: string, headers: Record<string, string> = {}): Line {
  const socket = new WebSocket(server.url.replace('http', 'ws') + path, { headers });
  const seen: Uint8Array[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    seen.push(data);
    for (const look of waiting) look();
  });
  return {
    socket,
    closed: new Promise((resolve) => socket.once('close', resolve)),
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = seen.find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

const browser = (person: Person) => ({ cookie: person.cookie, origin: server.url });
const syncPath = (query = '') => `/sync/${workspace.id}/${doc}${query}`;
const frame = (write: (encoder: ReturnType<typeof createEncoder>) => void) => {
  const encoder = createEncoder();
  writeVarUint(encoder, 0);
  write(encoder);
  return toUint8Array(encoder);
};
/** Asks for the document and resolves when the answer is there: the connection is admitted. */
async function joined(line: Line): Promise<Line> {
  if (line.socket.readyState !== WebSocket.OPEN) await new Promise((resolve) => line.socket.once('open', resolve));
  line.socket.send(frame((encoder) => writeSyncStep1(encoder, new Y.Doc())));
  await line.until((data) => data[0] === 0 && data[1] === 1);
  return line;
}
const edit = (by: string) => {
  const local = new Y.Doc();
  local.getMap('meta').set('by', by);
  return frame((encoder) => writeUpdate(encoder, Y.encodeStateAsUpdate(local)));
};
const readNotice = (data: Uint8Array): Record<string, unknown> => {
  const decoder = createDecoder(data);
  readVarUint(decoder);
  return JSON.parse(readVarString(decoder)) as Record<string, unknown>;
};
const notice = async (line: Line, type: string): Promise<Record<string, unknown>> =>
  readNotice(await line.until((data) => data[0] === 103 && readNotice(data)['type'] === type));
const titles = async () =>
  ((await ana.call('GET', `${workspace.path}/pads`)).body.items ?? []).map((each) => each['title']);

describe('who may connect', () => {
  test('always accepted, then closed with the reason', async () => {
    const stranger = await signUp(server, 'Stranger');
    const codes = {
      nobody: connect(syncPath()),
      'a stranger': connect(syncPath(), browser(stranger)),
      'a stranger elsewhere': connect(`/sync/01JZZZZZZZZZZZZZZZZZZZZZZZ/${doc}`, browser(stranger)),
      'another site’s page': connect(syncPath(), { ...browser(ana), origin: 'https://evil.example' }),
      'a page without a name': connect(syncPath(), { ...browser(ana), origin: 'null' }),
      'a wrong key': connect(syncPath('?token=rk_wrong')),
      'no such document': connect(`/sync/${workspace.id}/pad/none`, browser(ana)),
      'live: nobody': connect(`/live/${workspace.id}`),
      'live: a stranger': connect(`/live/${workspace.id}`, browser(stranger)),
    };
    const seen: Record<string, number> = {};
    for (const [who, { closed }] of Object.entries(codes)) seen[who] = await closed;
    expect(seen).toEqual({
      nobody: 4401,
      'a stranger': 4403,
      'a stranger elsewhere': 4403,
      'another site’s page': 4403,
      'a page without a name': 4403,
      'a wrong key': 4401,
      'no such document': 4404,
      'live: nobody': 4401,
      'live: a stranger': 4403,
    });
  });

  test('a member writes, a key needs no Origin, a viewer only reads', async () => {
    const member = await joined(connect(syncPath(), browser(ana)));
    member.socket.send(edit('by Ana'));
    const { key } = await makeKey(ana, workspace.path, 'viewer');
    const viewer = await joined(connect(syncPath(`?x=1&token=${key}`)));
    viewer.socket.send(edit('by a viewer key'));
    expect(await notice(viewer, 'rejected')).toMatchObject({ code: 'read-only' });
    await expect.poll(titles).toEqual(['First by Ana']);
    member.socket.close();
    viewer.socket.close();
  });

  test('an address that is no endpoint, and garbage in one, leave the server standing', async () => {
    const nowhere = new WebSocket(server.url.replace('http', 'ws') + '/elsewhere');
    const refused = await new Promise<string>((resolve) => nowhere.once('error', (error) => resolve(error.message)));
    expect(refused).toContain('404');
    expect(await connect(`/sync/${workspace.id}/%E0%A4%A`, browser(ana)).closed).toBe(4404);
    expect((await caller(server)('GET', '/api/health')).status).toBe(200);
  });
});

describe('rough treatment', () => {
  test('resets in the handshake, frames too large, text, and noise leave the server standing', async () => {
    const handshake = [
      `GET ${syncPath()} HTTP/1.1`,
      `Host: localhost:${server.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Cookie: ${ana.cookie}`,
      `Origin: ${server.url}`,
    ].join('\r\n');
    for (let i = 0; i < 40; i++) {
      const raw = createConnection(server.port, '127.0.0.1');
      await new Promise((resolve) => raw.once('connect', resolve));
      await new Promise((resolve) =>
        raw.write(`${handshake}\r\n\r\n${i % 2 === 0 ? '' : 'noise, not a frame'}`, resolve),
      );
      raw.resetAndDestroy();
    }
    const large = await joined(connect(syncPath(), browser(ana)));
    large.socket.on('error', () => {});
    large.socket.send(new Uint8Array(9 * 2 ** 20));
    expect(await large.closed).toBe(1009);
    const chatty = await joined(connect(syncPath(), browser(ana)));
    chatty.socket.send('hello');
    expect(await chatty.closed).toBeGreaterThan(1000);
    expect((await caller(server)('GET', '/api/health')).status).toBe(200);
    await expect.poll(() => server.services.sockets.all().filter(({ kind }) => kind === 'sync').length).toBe(0);
  });

  test('nobody opens live channels without end', async () => {
    const most = server.config.syncLimits.connectionsPerMember;
    const { key } = await makeKey(ana, workspace.path, 'viewer');
    const lines = Array.from({ length: most + 1 }, () => connect(`/live/${workspace.id}?token=${key}`));
    expect(await Promise.race(lines.map(({ closed }) => closed))).toBe(1013);
    for (const { socket } of lines) socket.terminate();
    await expect.poll(() => server.services.sockets.all().length).toBe(0);
  });
});

describe('rights that end', () => {
  test('sign-out closes this session’s connections and no other’s', async () => {
    const hal = await joinAs(server, ana, workspace.path, 'Hal', 'member');
    const elsewhere = await signIn(server, hal.email);
    const [here, there] = [
      await joined(connect(syncPath(), browser(hal))),
      await joined(connect(syncPath(), browser(elsewhere))),
    ];
    const live = connect(`/live/${workspace.id}`, browser(hal));
    await new Promise((resolve) => live.socket.once('open', resolve));
    await hal.call('POST', '/api/auth/sign-out', {});
    expect([await here.closed, await live.closed]).toEqual([4401, 4401]);
    expect(there.socket.readyState).toBe(WebSocket.OPEN);
    there.socket.close();
  });

  test('a lesser role, then removal, reach open connections', async () => {
    const ida = await joinAs(server, ana, workspace.path, 'Ida', 'member');
    const { key } = await makeKey(ida, workspace.path, 'member');
    const page = await joined(connect(syncPath('?x=1'), browser(ida)));
    const program = await joined(connect(syncPath(`?token=${key}`)));
    await ana.call('PATCH', `${workspace.path}/members/${ida.memberId}`, { role: 'viewer' });
    expect(await notice(page, 'access')).toMatchObject({ type: 'access', access: 'read' });
    // It comes back and is judged anew: a key may do less than its member.
    expect(await program.closed).toBe(1012);
    await ana.call('DELETE', `${workspace.path}/members/${ida.memberId}`);
    expect(await page.closed).toBe(4403);
    expect(await connect(syncPath(`?token=${key}`)).closed).toBe(4401);
  });

  test('a revoked key', async () => {
    const { key, id } = await makeKey(ana, workspace.path, 'member');
    const program = await joined(connect(syncPath(`?token=${key}`)));
    await ana.call('DELETE', `${workspace.path}/api-keys/${id}`);
    expect(await program.closed).toBe(4401);
  });
});

describe('the live channel', () => {
  test('says which derived data changed, after it did, and when people change', async () => {
    const { key } = await makeKey(ana, workspace.path, 'viewer');
    const live = connect(`/live/${workspace.id}?token=${key}`);
    await new Promise((resolve) => live.socket.once('open', resolve));
    const message = async (type: string) => {
      const data = await live.until((each) => (JSON.parse(each.toString()) as { type: string }).type === type);
      return JSON.parse(data.toString()) as Record<string, unknown>;
    };
    // Nothing is said on admission, so people change until it is heard.
    const heard = message('members');
    const nudge = setInterval(() => void ana.call('PATCH', `${workspace.path}/me`, { colour: 5 }), 20);
    await heard;
    clearInterval(nudge);
    const made = await ana.call('POST', `${workspace.path}/pads`, { title: 'Live' });
    expect(await message('changed')).toMatchObject({
      tables: ['pads'],
      docs: [made.body['doc']],
      seq: expect.any(Number),
    });
    expect(await titles()).toContain('Live');
    live.socket.close();
  });
});

describe('health', () => {
  test('503 with the reason while a store cannot be written, and well again after', async () => {
    const health = () => caller(server)('GET', '/api/health');
    for (const file of ['control.sqlite', `workspaces/${workspace.id}.sqlite`]) {
      const other = new Sqlite(`${server.dataDir}/${file}`);
      other.exec('BEGIN IMMEDIATE');
      await expect.poll(async () => (await health()).status, { timeout: 10_000 }).toBe(503);
      if (file === 'control.sqlite') {
        const lost = await ana.call('PATCH', `${workspace.path}/me`, { colour: 7 });
        expect([lost.status, lost.body.error?.code]).toEqual([503, 'unavailable']);
      }
      expect((await health()).body).toEqual({ status: 'unavailable', reason: 'database is locked' });
      other.exec('ROLLBACK');
      other.close();
      await expect
        .poll(async () => (await health()).body, { timeout: 10_000 })
        .toEqual({ status: 'ok', version: '0.1.0' });
    }
  });
});
