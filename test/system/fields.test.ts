import { join } from 'node:path';
import { dealRows } from '@rapport/domain/deals/deal-rows.node';
import { dealType } from '@rapport/domain/deals/deal-type';
import { ensureViews } from '@rapport/domain/workspace/ensure-views.node';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { cardsCsv } from '../../apps/server/src/operate/export/cards-csv.ts';
import { importsOf } from './imports-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let ben: Person;
let path: string;
let board: string;

beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  path = (await makeWorkspace(ana)).path;
  ben = await joinAs(server, ana, path, 'Ben', 'manager');
  board = String((await ana.call('GET', `${path}/boards`)).body.items?.[0]?.['id']);
});
afterAll(async () => {
  await server.stop();
});

const unused = { otherViews: 0, forms: [], rules: [], scores: [] };
const fields = async (noun: string) => (await ana.call('GET', `${path}/fields?noun=${noun}`)).body.items ?? [];
const make = async (noun: string, type: string, label: string, options?: string[]) =>
  (await ana.call('POST', `${path}/fields`, { noun, type, label, ...(options === undefined ? {} : { options }) })).body;

test('an admin adds fields of every type; the API takes their values, by their specs, on all three nouns', async () => {
  const values: readonly (readonly [string, unknown])[] = [
    ['text', 'Text'],
    ['longText', 'Long\ntext'],
    ['number', 4.5],
    ['money', { minor: 500, currency: 'EUR' }],
    ['date', '2026-12-01'],
    ['instant', 1_790_000_000_000],
    ['select', 'Gold'],
    ['multiSelect', ['Gold', 'Tin']],
    ['checkbox', true],
    ['url', 'https://x.example'],
    ['email', 'a@x.example'],
    ['phone', '+47 1'],
  ];
  for (const [noun, to, body] of [
    ['deal', '/deals', { board, title: 'D' }],
    ['contact', '/contacts', { name: 'C' }],
    ['company', '/companies', { name: 'F' }],
  ] as const) {
    const custom: Record<string, unknown> = {};
    for (const [type, value] of values) {
      const made = await make(noun, type, `Own ${type}`, type.endsWith('elect') ? ['Gold', 'Tin'] : undefined);
      custom[String(made['key'])] = value;
    }
    const record = await ana.call('POST', path + to, { ...body, custom });
    expect([noun, record.status, record.body['custom']]).toEqual([noun, 201, custom]);
    const refused = await ana.call('PATCH', `${path}${to}/${String(record.body['id'])}`, {
      custom: { ownNumber: 'many' },
    });
    expect([refused.status, refused.body.error?.fields]).toEqual([400, { ownNumber: 'Own number is not a number' }]);
    expect((await fields(noun)).map(({ usedBy }) => (usedBy as { records: number }).records)).toEqual(
      values.map(() => 1),
    );
  }
});

test('a field that links to a record or holds a plan goes the whole way: definition, values, names, table, export', async () => {
  const company = String((await ana.call('POST', `${path}/companies`, { name: 'Partner Ltd' })).body['id']);
  const missing = await ana.call('POST', `${path}/fields`, { noun: 'deal', type: 'reference', label: 'Partner' });
  expect([missing.status, Object.keys(missing.body.error?.fields ?? {})]).toEqual([400, ['of']]);
  for (const [noun, to, body] of [
    ['deal', '/deals', { board, title: 'Linked' }],
    ['contact', '/contacts', { name: 'Linked' }],
    ['company', '/companies', { name: 'Linked' }],
  ] as const) {
    const partner = await ana.call('POST', `${path}/fields`, {
      noun,
      type: 'reference',
      of: 'company',
      label: 'Partner',
    });
    expect([partner.status, partner.body['of']]).toEqual([201, 'company']);
    const visit = await make(noun, 'planned', 'Visit');
    const custom = {
      [String(partner.body['key'])]: company,
      [String(visit['key'])]: { what: 'Go there', due: '2026-12-24' },
    };
    const made = await ana.call('POST', path + to, { ...body, custom });
    expect([made.status, made.body['custom']]).toEqual([201, custom]);
    const refused = await ana.call('PATCH', `${path}${to}/${String(made.body['id'])}`, {
      custom: { [String(visit['key'])]: 'someday' },
    });
    expect(refused.status).toBe(400);
    const where = { match: 'all', of: [{ field: String(partner.body['key']), op: 'is', values: ['Partner Ltd'] }] };
    const asked = `where=${encodeURIComponent(JSON.stringify(where))}`;
    const rows = await ana.call('GET', `${path}/tables${to}/rows?${asked}`);
    expect([noun, rows.body.items?.length, JSON.stringify(rows.body)]).toEqual([
      noun,
      1,
      expect.stringContaining('Partner Ltd'),
    ]);
    const csv = await ana.call(
      'GET',
      `${path}/tables${to}/export?format=csv&columns=${String(partner.body['key'])},${String(visit['key'])}&${asked}`,
    );
    expect(String(csv.body['text'])).toMatch(/Partner Ltd.*Go there.*2026-12-24/);
  }
  expect((await ana.call('GET', `${path}/boards/${board}/names`)).body.items).toMatchObject({
    [company]: 'Partner Ltd',
  });
  const report = await ana.call('GET', `${path}/reports/value-by?dimension=partner&board=${board}`);
  expect(JSON.stringify(report.body['rows'])).toContain('"name":"Partner Ltd"');
  const database = new Sqlite(join(server.dataDir, 'workspaces', `${path.slice(path.lastIndexOf('/') + 1)}.sqlite`), {
    readonly: true,
  });
  const lines = [...cardsCsv(database, new Map(), { type: dealType, rows: dealRows, board: 'Pipeline' })].join('');
  database.close();
  expect(lines).toMatch(/Linked.*Partner Ltd.*Go there,2026-12-24/);
  expect((await ben.call('GET', `${path}/records/names?ids=${company},x`)).body.items).toEqual({
    [company]: { noun: 'company', name: 'Partner Ltd' },
  });
});

test('they are renamed, reordered, hidden, removed and brought back with their values; keys stay', async () => {
  const first = await make('contact', 'text', 'Shoe size');
  const second = await make('contact', 'text', 'Shoe size');
  expect([first['key'], second['key']]).toEqual(['shoeSize', 'shoeSize2']);
  const { body } = await ana.call('POST', `${path}/contacts`, { name: 'Cleo', custom: { shoeSize: '39' } });
  const at = `${path}/fields/${String(first['id'])}`;
  expect((await ana.call('PATCH', at, { label: 'Foot', hidden: true })).body).toMatchObject({
    key: 'shoeSize',
    label: 'Foot',
    hidden: true,
  });
  const list = await fields('contact');
  await ana.call('PATCH', at, { before: list[0]?.['id'] });
  expect((await fields('contact'))[0]).toMatchObject({ label: 'Foot' });
  await ana.call('PATCH', at, { before: null });
  expect((await fields('contact')).at(-1)).toMatchObject({ label: 'Foot' });
  expect((await ana.call('DELETE', at)).status).toBe(204);
  const refused = await ana.call('PATCH', `${path}/contacts/${String(body['id'])}`, { custom: { shoeSize: '40' } });
  expect(refused.body.error?.fields).toEqual({ shoeSize: 'is not a field of a contact' });
  // A new one of the same name does not get the old values.
  expect((await make('contact', 'text', 'Shoe size'))['key']).toBe('shoeSize3');
  expect((await fields('contact')).at(-1)).toMatchObject({ label: 'Foot', removedAt: expect.any(Number) });
  expect((await ana.call('POST', `${at}/restore`)).body).toMatchObject({ label: 'Foot', removedAt: null });
  expect((await ana.call('GET', `${path}/contacts/${String(body['id'])}`)).body['custom']).toEqual({ shoeSize: '39' });
});

test('say where they are used; others than admins only read them', async () => {
  const field = await make('deal', 'text', 'Contract');
  const stages = (await ana.call('GET', `${path}/boards/${board}/stages`)).body.items ?? [];
  await ana.call('PATCH', `${path}/boards/${board}/stages/${String(stages[2]?.['id'])}`, { required: [field['key']] });
  const told = (await fields('deal')).find(({ id }) => id === field['id']);
  expect(told?.['usedBy']).toEqual({
    records: 0,
    stages: [`New business: ${String(stages[2]?.['name'])}`],
    views: [],
    ...unused,
  });
  const { hub } = await server.services.host.open(path.slice(path.lastIndexOf('/') + 1));
  await ensureViews(hub);
  await hub.transact('views', { actor: 'server', via: 'server' }, (doc) => {
    const view = (name: string, query: string) =>
      doc.getMap('views').set(name, new Y.Map(Object.entries({ board: 'table/deals', name, query })));
    view('Signed', `columns=title,${String(field['key'])}&sort=title`);
    view('Others', 'columns=title,contractNumber');
  });
  expect((await fields('deal')).find(({ id }) => id === field['id'])?.['usedBy']).toMatchObject({ views: ['Signed'] });
  expect((await ben.call('GET', `${path}/fields`)).status).toBe(200);
  for (const [method, to, sent] of [
    ['POST', '/fields', { noun: 'deal', type: 'text', label: 'Mine' }],
    ['PATCH', `/fields/${String(field['id'])}`, { label: 'Mine' }],
    ['DELETE', `/fields/${String(field['id'])}`, undefined],
  ] as const)
    expect((await ben.call(method, path + to, sent)).status).toBe(403);
});

test('say which views of boards, of a team, of oneself and of others, which forms, rules and scores need them', async () => {
  const { hub } = await server.services.host.open(path.slice(path.lastIndexOf('/') + 1));
  const members = ((await ana.call('GET', `${path}/members`)).body.items ?? []) as { id: string; name: string }[];
  const idOf = (name: string) => members.find((each) => each.name === name)?.id ?? '';
  const view = async (doc: string, of: string, name: string, query: string) => {
    if (!(await hub.exists(doc))) await hub.create(doc, { actor: 'server', via: 'server' }, () => undefined);
    await hub.transact(doc, { actor: 'server', via: 'server' }, (live) => {
      live.getMap('views').set(`${of}${name}`, new Y.Map(Object.entries({ board: of, name, query })));
    });
  };
  const made = await ana.call('POST', `${path}/boards`, { name: 'Inbox', kind: 'leads' });
  const inbox = String(made.body['id']);
  const secret = String((await ana.call('POST', `${path}/boards`, { name: 'Secret', kind: 'leads' })).body['id']);
  await ana.call('PUT', `${path}/shares/${secret}`, { kind: 'restricted', grants: [] });
  const key = String((await make('lead', 'text', 'Region'))['key']);
  const other = String((await make('lead', 'text', 'Reg'))['key']);
  const useOf = async (person: Person, which: string) =>
    ((await person.call('GET', `${path}/fields?noun=lead`)).body.items ?? []).find((each) => each['key'] === which)?.[
      'usedBy'
    ];
  const nothing = { records: 0, stages: [], views: [], ...unused };
  expect(await useOf(ana, key)).toEqual(nothing);

  const where = (field: string) =>
    encodeURIComponent(
      JSON.stringify({ match: 'any', of: [{ match: 'all', of: [{ field, op: 'set', values: [] }] }] }),
    );
  await view(`board/${inbox}`, inbox, 'Cards', `show=${key}`);
  await view(`board/${inbox}`, inbox, 'North', `f=${key}:is:${other}&q=${other}`);
  await view(`board/${inbox}`, inbox, 'Sorted', `sort=-${key}`);
  await view(`board/${secret}`, secret, 'Hidden', `show=${key}`);
  const team = String((await ana.call('POST', `${path}/teams`, { name: 'Sales', members: [idOf('Ana')] })).body['id']);
  await view(`team/${team}`, 'table/leads', 'Groups', `group=${key}`);
  await view(`member/${idOf('Ana')}`, 'table/leads', 'Asked', `where=${where(key)}`);
  await view(`member/${idOf('Ben')}`, 'table/leads', 'Bens', `columns=title!240,${key}.120`);
  await view(`member/${idOf('Ben')}`, inbox, 'Bens board', `show=${key}`);
  await view(`member/${idOf('Ben')}`, 'table/deals', 'Another noun', `columns=${key}`);
  const put = await ana.call('PUT', `${path}/boards/${inbox}/assignment`, {
    rules: [
      {
        when: { match: 'all', of: [{ field: key, op: 'is', values: ['North'] }] },
        to: { way: 'first', members: [idOf('Ben')] },
      },
    ],
  });
  const score = await ana.call('PUT', `${path}/boards/${inbox}/score`, {
    weights: [{ points: 5, field: key, op: 'set' }],
  });
  const form = await ana.call('POST', `${path}/forms`, {
    board: inbox,
    name: 'Ask us',
    fields: [{ field: 'name' }, { field: key }],
  });
  expect([put.status, score.status, form.status]).toEqual([200, 200, 201]);

  const shared = ['Inbox: Cards', 'Inbox: North', 'Inbox: Sorted'];
  const elsewhere = { forms: ['Ask us'], rules: ['Inbox'], scores: ['Inbox'] };
  expect(await useOf(ana, key)).toEqual({
    ...nothing,
    ...elsewhere,
    views: [...shared, 'Secret: Hidden', 'Groups (Sales)', 'Asked (yours)'],
    otherViews: 2,
  });
  // Of what is hidden from him Ben learns nothing; Ana's own view is one of one.
  expect(await useOf(ben, key)).toEqual({
    ...nothing,
    ...elsewhere,
    views: [...shared, 'Bens (yours)', 'Inbox: Bens board (yours)'],
    otherViews: 1,
  });
  // A value, a text that is searched for, or a longer name is no use of the field.
  expect(await useOf(ana, other)).toEqual(nothing);
  await ana.call('DELETE', `${path}/forms/${String(form.body['id'])}`);
  await ana.call('PUT', `${path}/boards/${inbox}/score`, { weights: [] });
  await ana.call('PUT', `${path}/boards/${inbox}/assignment`, { rules: [] });
  expect(await useOf(ana, key)).toMatchObject({ forms: [], rules: [], scores: [] });
});

test('an import links a name that one record alone has, keeps any other as text, and gives no field a key that was taken', async () => {
  const { run } = importsOf(server, ana, path);
  for (const name of ['Sole Agent', 'Twin', 'Twin']) await ana.call('POST', `${path}/contacts`, { name });
  const sole = (await ana.call('GET', `${path}/contacts?q=Sole`)).body.items?.[0]?.['id'];
  for (const noun of ['contact', 'deal'])
    await ana.call('POST', `${path}/fields`, { noun, type: 'reference', of: 'contact', label: 'Agent' });
  await run('Name,Agent\nOne Import,sole agent\nTwo Import,Twin\n', {
    noun: 'contacts',
    mapping: { Name: 'name', Agent: 'agent' },
  });
  await run('Title,Agent\nImported deal,Sole Agent\n', {
    noun: 'deals',
    board,
    mapping: { Title: 'title', Agent: 'agent' },
  });
  const customOf = async (to: string) => (await ana.call('GET', path + to)).body.items?.map(({ custom }) => custom);
  expect(await customOf('/contacts?q=Import&sort=name')).toEqual([{ agent: sole }, { agent: 'Twin' }]);
  expect(await customOf('/deals?q=Imported')).toEqual([{ agent: sole }]);

  const old = await make('contact', 'text', 'Locker');
  await ana.call('POST', `${path}/contacts`, { name: 'Has locker', custom: { locker: '17' } });
  await ana.call('DELETE', `${path}/fields/${String(old['id'])}`);
  await run('Name,Locker\nThree Import,18\n', {
    noun: 'contacts',
    mapping: { Name: 'name', Locker: { make: 'text' } },
  });
  expect(
    (await fields('contact')).find(({ label, removedAt }) => label === 'Locker' && removedAt === null),
  ).toMatchObject({
    key: 'locker2',
  });
  expect(await customOf('/contacts?q=Three')).toEqual([{ locker2: '18' }]);
});
