// What colleagues say to somebody reaches their inbox, and nobody else's: over the real server.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { openSqliteStore } from '@rapport/sync/server/sqlite/sqlite-store';
import { join } from 'node:path';
import * as Y from 'yjs';
import { WebSocket } from 'ws';
import { nouns } from '../../apps/server/src/registry.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

/** A machine with other work is slow, not wrong. */
const patient = { timeout: 20_000 };

type Entry = { id: string; reason: string; state: string; title: string; text: string; comment: string | null };

let server: TestServer;
let ana: Person & { memberId: string };
let ben: Person & { memberId: string };
let eve: Person & { memberId: string };
let [path, ws] = ['', ''];

beforeAll(async () => {
  server = await openServer();
  const admin = await signUp(server, 'Admin');
  ({ path, id: ws } = await makeWorkspace(admin));
  ana = await joinAs(server, admin, path, 'Ana', 'member');
  ben = await joinAs(server, admin, path, 'Ben', 'member');
  eve = await joinAs(server, admin, path, 'Eve', 'viewer');
});
afterAll(() => server.stop());

const note = async (person: Person, title: string): Promise<string> =>
  String((await person.call('POST', `${path}/notes`, { title })).body['id']);
const comment = async (person: Person, on: string, text: string, thread?: string): Promise<string> => {
  const made = await person.call('POST', `${path}/notes/${on}/comments`, {
    text,
    ...(thread === undefined ? {} : { thread }),
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return String(made.body['id']);
};
/** Writes a mention into the text of a note, as the editor does. */
const mention = async (by: { memberId: string }, on: string, whom: string) => {
  const { hub } = await server.services.host.open(ws);
  await hub.transact(`note/${on}`, { actor: by.memberId, via: 'live' }, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    const chip = new Y.XmlElement('mention');
    chip.setAttribute('noun', 'member');
    chip.setAttribute('ref', whom);
    paragraph.insert(0, [new Y.XmlText('Please look, '), chip]);
    doc.getXmlFragment('body').insert(0, [paragraph]);
  });
};
const inbox = async (person: Person, query = ''): Promise<{ items: Entry[]; unread: number }> =>
  (await person.call('GET', `${path}/inbox${query}`)).body as never;

test('a mention in the text, a comment, an answer: each with its reason, none to oneself', async () => {
  const plan = await note(ana, 'Plan');
  await mention(ben, plan, ana.memberId);
  await mention(ana, plan, ana.memberId);
  const first = await comment(ben, plan, 'Is the date right?');
  await comment(ana, plan, 'I think so', first);
  await comment(ben, plan, 'Good', first);
  await comment(ben, plan, `@{member/${ana.memberId}} and @{member/${eve.memberId}}, see here`);
  const { items, unread } = await inbox(ana);
  expect(items.map(({ reason, title }) => [reason, title])).toEqual([
    ['mention', 'Plan'],
    ['reply', 'Plan'],
    ['reply', 'Plan'],
    ['mention', 'Plan'],
  ]);
  expect(unread).toBe(4);
  expect(items.at(-1)?.text).toContain('Please look');
  expect((await inbox(ben)).items.map(({ reason, text }) => [reason, text])).toEqual([['reply', 'I think so']]);
  expect((await inbox(eve)).items.map(({ reason }) => reason)).toEqual(['mention']);
  expect((await inbox(ana, '?reason=mention')).items).toHaveLength(2);
});

test('marks: read, done, put off, taken back; by API and in the member’s own document alike; the same after a rebuild', async () => {
  const { items } = await inbox(ana);
  const [a, b, c] = items.map(({ id }) => id);
  const mark = async (body: object) => (await ana.call('POST', `${path}/inbox/marks`, body)).status;
  expect(await mark({ entries: [a], read: true })).toBe(204);
  expect(await mark({ entries: [b], done: true })).toBe(204);
  expect(await mark({ entries: [c], until: Date.now() + 60_000 })).toBe(204);
  expect((await inbox(ana)).unread).toBe(1);
  expect((await inbox(ana)).items.map(({ id }) => id)).not.toContain(b);
  expect((await inbox(ana, '?state=done')).items.map(({ id }) => id)).toEqual([b]);
  expect((await inbox(ana, '?state=snoozed')).items.map(({ id }) => id)).toEqual([c]);
  expect(await mark({ entries: [c], until: Date.now() - 1 })).toBe(204);
  expect(await mark({ entries: [b], done: false })).toBe(204);
  expect((await inbox(ana)).unread).toBe(3);
  expect(await mark({ entries: ['__proto__'], read: true })).toBe(400);
  expect((await ben.call('GET', `${path}/inbox/count`)).body['unread']).toBe(1);

  const { hub, query } = await server.services.host.open(ws);
  await hub.transact(`member/${ana.memberId}`, { actor: ana.memberId, via: 'offline' }, (doc) => {
    doc.getMap('inbox').set(String(b), { readAt: 5, doneAt: 6, until: null });
    doc.getMap('inbox').set('nonsense', 5);
    doc.getMap('inbox').set(String(c), 'nonsense');
  });
  expect((await inbox(ana, '?state=done')).items.map(({ id }) => id)).toEqual([b]);
  const rows = query.all('SELECT * FROM inbox_marks ORDER BY member, entry');
  const store = openSqliteStore({ path: join(server.dataDir, 'workspaces', `${ws}.sqlite`) });
  const rebuilt = new Map<string, object>();
  await rebuildRows(
    store,
    nouns.flatMap(({ kinds }) => kinds),
    (writes) => {
      for (const { table, key, row } of writes)
        if (table === 'inbox_marks') {
          if (row === null) rebuilt.delete(JSON.stringify(key));
          else rebuilt.set(JSON.stringify(key), { ...key, ...row });
        }
    },
  );
  await store.close();
  expect([...rebuilt].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, row]) => row)).toEqual(rows);
});

test('what one may not open any more is in no inbox, and comes back with the share', async () => {
  const secret = await note(ben, 'Secret');
  await comment(ben, secret, `@{member/${ana.memberId}} come and see`);
  expect((await inbox(ana)).items[0]).toMatchObject({ title: 'Secret', reason: 'mention' });
  const share = (body: object) => ben.call('PUT', `${path}/shares/${secret}`, body);
  expect((await share({ kind: 'restricted', grants: [] })).status).toBe(200);
  expect(JSON.stringify(await inbox(ana, '?state=all'))).not.toContain('Secret');
  await share({ kind: 'restricted', grants: [{ to: 'member', id: ana.memberId, level: 'comment' }] });
  expect((await inbox(ana)).items[0]?.title).toBe('Secret');
  await ben.call('DELETE', `${path}/notes/${secret}`);
  expect(JSON.stringify(await inbox(ana, '?state=all'))).not.toContain('Secret');
});

test('an open app hears of it at once', async () => {
  const shared = await note(ana, 'Live');
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/live/${ws}`, {
    headers: { cookie: ana.cookie, origin: server.url },
  });
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(String(data)));
  await new Promise((resolve) => socket.once('open', resolve));
  await comment(ben, shared, 'Look');
  await expect.poll(() => heard.some((text) => text.includes('note_comments')), patient).toBe(true);
  expect((await ana.call('GET', `${path}/inbox/count`)).body['unread']).toBeGreaterThan(0);
  socket.terminate();
});
