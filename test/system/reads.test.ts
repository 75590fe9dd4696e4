import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readActivity } from '@rapport/domain/activity/read-jobs.node';
import { activityQuery } from '@rapport/domain/activity/list-activity';
import type { Noun, WorkspaceEnv } from '@rapport/domain/http/workspace-context.node';
import { reports } from '@rapport/domain/reports/definitions';
import { readReport } from '@rapport/domain/reports/read-jobs.node';
import { reportQuery } from '@rapport/domain/reports/request';
import { Hono } from 'hono';
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { nouns } from '../../apps/server/src/registry.ts';
import { fail, hold } from './read-jobs-fixture.ts';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'rapport-reads-'));

/** Asks for the jobs of the fixture. */
const probes: Noun = {
  name: 'probes',
  kinds: [],
  readModel: [],
  routes: () =>
    new Hono<WorkspaceEnv>()
      .get('/hold', async (c) => c.json({ said: await c.var.workspace.read(hold, folder) }))
      .get('/fail/:how', async (c) => c.json({ said: await c.var.workspace.read(fail, c.req.param('how')) })),
};

const now = 1_800_000_000_000;
let server: TestServer;
let ana: Person;
let workspace: { id: string; path: string };
let board: string;
const get = async (path: string) => (await ana.call('GET', workspace.path + path)).body;

beforeAll(async () => {
  server = await openServer({
    replace: {
      nouns: [...nouns, probes],
      now: () => now,
      readWorker: new URL('./read-worker-fixture.ts', import.meta.url),
    },
  });
  ana = await signUp(server, 'Ana');
  workspace = await makeWorkspace(ana);
  board = String((await ana.call('POST', `${workspace.path}/demo`, {})).body['board']);
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('reports and the feed say what they would say on the main thread', async () => {
  const { query } = await server.services.host.open(workspace.id);
  for (const { name } of reports) {
    const asked = name === 'value-by' ? { board, dimension: 'company' } : { board };
    const expected = readReport.run(query, { name, query: v.parse(reportQuery, asked) }, now);
    const said = await get(`/reports/${name}?${new URLSearchParams(asked).toString()}`);
    expect({ ok: true, reply: said }).toEqual(JSON.parse(JSON.stringify(expected)));
    expect(said['n']).toBeGreaterThan(0);
  }
  const feed = readActivity.run(query, v.parse(activityQuery, { limit: '20' }), now);
  expect(await get('/activity?limit=20')).toEqual(JSON.parse(JSON.stringify(feed)));
});

test('whoever has the reply to a write reads it', async () => {
  const stages = (await get(`/boards/${board}`))['stages'] as { id: string }[];
  const count = async () => Number((await get(`/reports/deals?board=${board}`))['total']);
  const before = await count();
  for (let added = 1; added <= 10; added++) {
    const deal = { board, stage: stages[0]?.id, title: `Deal ${added}` };
    expect((await ana.call('POST', `${workspace.path}/deals`, deal)).status).toBe(201);
    expect(await count()).toBe(before + added);
  }
});

test('an edit is acknowledged while a read holds the thread', async () => {
  let isDone = false;
  const held = get('/hold').finally(() => (isDone = true));
  await expect.poll(() => existsSync(join(folder, 'begun')), { timeout: 30_000 }).toBe(true);

  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${workspace.id}/board%2F${board}`, {
    headers: { cookie: ana.cookie, origin: server.url },
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const local = new Y.Doc();
  local.getMap('meta').set('note', 'typed');
  const edit = createEncoder();
  writeVarUint(edit, 0);
  writeUpdate(edit, Y.encodeStateAsUpdate(local));
  const barrier = createEncoder();
  writeVarUint(barrier, 102);
  writeVarUint8Array(barrier, new Uint8Array([1]));
  const saved = new Promise<void>((resolve) =>
    socket.on('message', (frame: Buffer) => {
      if (frame[0] === 102) resolve();
    }),
  );
  socket.send(toUint8Array(edit));
  socket.send(toUint8Array(barrier));
  await saved;
  expect(isDone).toBe(false);

  writeFileSync(join(folder, 'go'), '');
  expect(await held).toEqual({ said: 'held' });
  socket.close();
});

test.each(['throw', 'end', 'unplain', 'write'])('a read that fails (%s) costs its caller alone', async (how) => {
  const reply = await ana.call('GET', `${workspace.path}/fail/${how}`);
  expect([reply.status, reply.body.error?.code]).toEqual([500, 'internal']);
  expect(await get(`/reports/win-rate?board=${board}`)).toMatchObject({ name: 'win-rate' });
});
