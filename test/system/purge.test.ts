// What was deleted 30 days ago is emptied for good: document, rows, search, feed, and later the log.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deletedStayMs } from '@rapport/domain/purge/noun.node';
import { purgeViews } from '@rapport/domain/purge/purge-views.node';
import { purgeDue, type PurgeOptions } from '@rapport/domain/purge/purger.node';
import Sqlite from 'better-sqlite3';
import { purgeFields } from '@rapport/domain/workspace/purge-fields.node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { purgeables } from '../../apps/server/src/registry.ts';
import { runCommand } from './operate-fixture.ts';
import { makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient, until, type StockClient } from './stock-client.ts';

const dayMs = 86_400_000;
let clock = Date.UTC(2026, 0, 5, 9);
let server: TestServer;
let ana: Person;
let [path, id, key] = ['', '', ''];

beforeAll(async () => {
  server = await openServer({ env: { HISTORY_DAYS: '20' }, replace: { now: () => clock } });
  ana = await signUp(server, 'Ana');
  ({ path, id } = await makeWorkspace(ana));
  ({ key } = await makeKey(ana, path, 'admin'));
});
afterAll(() => server.stop());

const workspace = () => server.services.host.open(id);
async function round(): Promise<Record<string, number>> {
  const { hub, query, read } = await workspace();
  const options: PurgeOptions = {
    workspace: { hub, query, readSlowly: read },
    purgeables,
    now: () => clock,
    stayMs: deletedStayMs,
    isClosed: () => false,
  };
  return purgeDue(options);
}
async function fieldsRound(): Promise<Record<string, number>> {
  const { hub, query, read } = await workspace();
  return purgeFields({
    workspace: { hub, query, readSlowly: read },
    now: () => clock,
    stayMs: deletedStayMs,
    isClosed: () => false,
  });
}
const made = async (to: string, body: object): Promise<string> => {
  const reply = await ana.call('POST', path + to, body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return String(reply.body['id']);
};
const found = async (q: string): Promise<number> =>
  ((await ana.call('GET', `${path}/search?q=${q}`)).body.items ?? []).length;

/** One of everything, each with the word in all that it has; by where it is asked for. */
async function makeAll(word: string): Promise<Record<string, string>> {
  const contact = await made('/contacts', { name: `Cleo ${word}`, emails: [{ value: `${word}@x.example` }] });
  await ana.call('POST', `${path}/contacts/${contact}/timeline`, { kind: 'call', text: `Spoke of ${word}` });
  const company = await made('/companies', { name: `${word} Ltd` });
  const note = await made('/notes', { title: `About ${word}`, links: [{ noun: 'company', id: company }] });
  const { hub } = await workspace();
  await hub.transact(`note/${note}`, { actor: 'server', via: 'server' }, (doc) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(`Dear ${word}`)]);
    doc.getXmlFragment('body').insert(0, [paragraph]);
  });
  await ana.call('POST', `${path}/notes/${note}/comments`, { text: `What is ${word}?` });
  const folder = await made('/folders', { name: `All of ${word}` });
  return { contacts: contact, companies: company, notes: note, folders: folder };
}
const nouns = { contacts: 'contact', companies: 'company', notes: 'note', folders: 'folder' } as const;
const docOf = (plural: string, record: string) => `${nouns[plural as keyof typeof nouns]}/${record}`;

/** Every text that the workspace's rows and its documents hold. */
async function texts(of: Record<string, string>): Promise<string> {
  const { query, hub } = await workspace();
  const tables = query.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sync_%' AND name NOT LIKE 'search_%' AND sql NOT LIKE '%VIRTUAL%'`,
  );
  const rows = tables.map(({ name }) => JSON.stringify(query.all(`SELECT * FROM "${name}"`)));
  const docs = await Promise.all(
    Object.entries(of).map(([plural, record]) =>
      hub.read(docOf(plural, record), (doc) => JSON.stringify(doc.toJSON()) + doc.getXmlFragment('body').toString()),
    ),
  );
  return [...rows, ...docs].join('\n');
}

test('contacts, companies, notes, folders and deals go after 30 days and not before', async () => {
  const all = await makeAll('zebrafish');
  const board = String((await ana.call('GET', `${path}/boards`)).body.items?.[0]?.['id']);
  const deal = await made('/deals', { board, title: 'Sold a zebrafish' });
  await ana.call('PATCH', `${path}/deals/${deal}`, { description: 'A zebrafish in a box' });
  await until(async () => (await found('zebrafish')) === 5);
  await ana.call('DELETE', `${path}/deals/${deal}`);
  for (const [plural, record] of Object.entries(all))
    expect((await ana.call('DELETE', `${path}/${plural}/${record}`)).status, plural).toBeLessThan(300);
  clock += 29 * dayMs;
  expect(await round()).toEqual({});
  expect(await texts(all)).toContain('zebrafish');
  clock += 1.1 * dayMs;
  expect(await round()).toEqual({ contacts: 1, companies: 1, deals: 1, notes: 1, folders: 1 });
  expect(await round()).toEqual({});
  expect(await texts(all)).not.toContain('zebrafish');
  await until(async () => (await found('zebrafish')) === 0);
  for (const [plural, record] of Object.entries(all)) {
    expect((await ana.call('GET', `${path}/${plural}/${record}`)).status, plural).toBe(404);
    expect((await ana.call('POST', `${path}/${plural}/${record}/restore`)).status, plural).toBeGreaterThanOrEqual(400);
  }
});

/** Bytes of the workspace's file and what is written beside it. */
const bytes = (): string =>
  readdirSync(join(server.dataDir, 'workspaces'))
    .filter((name) => name.startsWith(id))
    .map((name) => readFileSync(join(server.dataDir, 'workspaces', name), 'latin1'))
    .join('\n');

const open: StockClient[] = [];
/** A device that knows a document and goes offline. */
async function offlineDevice(doc: string): Promise<StockClient> {
  const device = await stockClient(server.url, id, doc, key);
  open.push(device);
  device.provider.disconnect();
  await until(() => !device.provider.wsconnected);
  return device;
}
afterAll(() => open.forEach((device) => device.close()));

test('what was restored is never taken: in time, or apart and told of late', async () => {
  const all = await makeAll('okapi');
  const devices = new Map<string, StockClient>();
  for (const [plural, record] of Object.entries(all)) {
    await ana.call('DELETE', `${path}/${plural}/${record}`);
    devices.set(plural, await offlineDevice(docOf(plural, record)));
  }
  const again = await makeAll('quagga');
  for (const [plural, record] of Object.entries(again)) await ana.call('DELETE', `${path}/${plural}/${record}`);
  clock += 10 * dayMs;
  expect((await ana.call('POST', `${path}/contacts/${again['contacts'] ?? ''}/restore`)).status).toBe(200);
  for (const [plural, device] of devices)
    device.doc.getMap(plural === 'notes' || plural === 'folders' ? 'meta' : 'fields').delete('deletedAt');
  devices.get('contacts')?.doc.getMap('fields').set('jobTitle', 'Written offline');
  clock += 21 * dayMs;
  expect(await round()).toEqual({ contacts: 1, companies: 2, notes: 2, folders: 2 });
  expect((await ana.call('GET', `${path}/contacts/${again['contacts'] ?? ''}`)).body['name']).toBe('Cleo quagga');
  for (const device of devices.values()) device.provider.connect();
  for (const [plural, record] of Object.entries(all))
    await until(async () => (await ana.call('GET', `${path}/${plural}/${record}`)).status === 200);
  expect((await ana.call('GET', `${path}/contacts/${all['contacts'] ?? ''}`)).body).toMatchObject({
    name: 'Cleo okapi',
    email: 'okapi@x.example',
    jobTitle: 'Written offline',
    deletedAt: null,
  });
  const { hub, query } = await workspace();
  expect(await hub.read(`note/${all['notes'] ?? ''}`, (doc) => doc.getXmlFragment('body').toString())).toContain(
    'Dear okapi',
  );
  expect(query.all(`SELECT text FROM timeline WHERE record = ?`, [all['contacts'] ?? ''])).toEqual([
    { text: 'Spoke of okapi' },
  ]);
  await until(async () => (await found('okapi')) === 4);
  const said = (await ana.call('GET', `${path}/activity?record=${all['contacts'] ?? ''}`)).body.items ?? [];
  expect(said.map(({ kind }) => kind)).toEqual(['restored']);
});

test('the values of a removed field come back within 30 days, and are gone after them', async () => {
  const board = String((await ana.call('GET', `${path}/boards`)).body.items?.[0]?.['id']);
  const made2 = await Promise.all(
    (['contact', 'deal'] as const).map(async (noun) => {
      const field = (await ana.call('POST', `${path}/fields`, { noun, type: 'text', label: 'Shoe' })).body;
      const custom = { [String(field['key'])]: 'narwhal' };
      const at = noun === 'deal' ? '/deals' : '/contacts';
      const record = await made(at, noun === 'deal' ? { board, title: 'D', custom } : { name: 'Nora', custom });
      await ana.call('PATCH', `${path}${at}/${record}`, { custom: { shoe: 'narwhal the second' } });
      return { field: String(field['id']), at: `${path}${at}/${record}` };
    }),
  );
  const customOf = async (at: string) => (await ana.call('GET', at)).body['custom'];
  for (const { field } of made2) await ana.call('DELETE', `${path}/fields/${field}`);
  clock += 29 * dayMs;
  expect(await fieldsRound()).toEqual({});
  for (const { field, at } of made2) {
    expect((await ana.call('POST', `${path}/fields/${field}/restore`)).status).toBe(200);
    expect(await customOf(at)).toEqual({ shoe: 'narwhal the second' });
    await ana.call('DELETE', `${path}/fields/${field}`);
  }
  clock += 31 * dayMs;
  // Not even then does a new field of the same name get the old values.
  expect((await ana.call('POST', `${path}/fields`, { noun: 'deal', type: 'text', label: 'Shoe' })).body['key']).toBe(
    'shoe2',
  );
  expect(await fieldsRound()).toEqual({ fields: 2 });
  expect(await fieldsRound()).toEqual({});
  for (const { at } of made2) expect(await customOf(at)).toEqual({});
  const { query } = await workspace();
  expect(query.all(`SELECT * FROM activity WHERE "to" LIKE '%narwhal%' OR "from" LIKE '%narwhal%'`)).toEqual([]);
});

test('views that were deleted go from every document that holds some, and come back as all else does', async () => {
  const { hub, query, read } = await workspace();
  const options = {
    workspace: { hub, query, readSlowly: read },
    now: () => clock,
    stayMs: deletedStayMs,
    isClosed: () => false,
  };
  const device = await stockClient(server.url, id, 'views', key);
  open.push(device);
  const views = device.doc.getMap<Y.Map<unknown>>('views');
  const entries = { board: 'table/contacts', name: 'Tamarins', query: 'q=tamarin' };
  for (const each of ['gone', 'back', 'stays']) views.set(each, new Y.Map(Object.entries(entries)));
  for (const each of ['gone', 'back']) views.get(each)?.set('deletedAt', clock);
  const known = () => hub.read('views', (doc) => doc.getMap('views').toJSON());
  await until(async () => Object.keys(await known()).length === 3 && 'deletedAt' in (await known())['back']);
  device.provider.disconnect();
  clock += 29 * dayMs;
  expect(await purgeViews(options)).toEqual({});
  clock += 2 * dayMs;
  expect(await purgeViews(options)).toEqual({ views: 2 });
  expect(await known()).toEqual({
    gone: { deletedAt: expect.any(Number), purgedAt: clock },
    back: { deletedAt: expect.any(Number), purgedAt: clock },
    stays: entries,
  });
  views.get('back')?.delete('deletedAt');
  device.provider.connect();
  await until(async () => !('deletedAt' in (await known())['back']));
  expect(await purgeViews(options)).toEqual({});
  expect(await known()).toMatchObject({ back: entries, stays: entries });
});

test('a device whose clock is wrong hastens no end', async () => {
  const contact = await made('/contacts', { name: 'Ida Ibex' });
  const device = await stockClient(server.url, id, `contact/${contact}`, key);
  device.doc.getMap('fields').set('deletedAt', 1);
  const { query } = await workspace();
  await until(() => query.get('SELECT 1 FROM contacts WHERE id = ? AND deleted_at = 1', [contact]) !== undefined);
  device.close();
  expect(await round()).toEqual({});
  clock += 31 * dayMs;
  expect(await round()).toEqual({ contacts: 1 });
});

test('once the log is thinned nothing of it is in the file, and the rows are those that the log gives', async () => {
  expect(bytes()).toContain('zebrafish');
  clock += 25 * dayMs;
  expect((await server.services.thinning.round()).isDone).toBe(true);
  const { hub } = await workspace();
  expect(await hub.exists('contact/none')).toBe(false);
  await server.close();
  const { code, text } = await runCommand('doctor', server.dataDir);
  expect([code, text]).toEqual([0, expect.stringContaining('sound')]);
  expect((await runCommand('rebuild', server.dataDir)).code).toBe(0);
  const database = new Sqlite(join(server.dataDir, 'workspaces', `${id}.sqlite`));
  const inLog = database
    .prepare<[], Buffer>('SELECT bytes FROM sync_log UNION ALL SELECT state FROM sync_states')
    .pluck()
    .all()
    .some((each) => each.includes('zebrafish'));
  database.exec('VACUUM');
  database.close();
  expect(inLog).toBe(false);
  expect(bytes()).not.toContain('zebrafish');
  expect(bytes()).toContain('okapi');
});
