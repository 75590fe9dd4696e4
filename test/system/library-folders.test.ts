// Folders, what lies in them, and who sees it: over the real server.
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fileTools, type FileTools } from './file-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let ben: Person & { memberId: string };
let vic: Person;
let path: string;
let files: FileTools;

beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  ({ path } = await makeWorkspace(ana));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
  vic = await joinAs(server, ana, path, 'Vic', 'viewer');
  files = fileTools(server, path);
});
afterAll(() => server.stop());

const make = async (person: Person, at: string, body: object): Promise<string> => {
  const reply = await person.call('POST', `${path}${at}`, body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return String(reply.body['id']);
};
const names = async (person: Person, query: string): Promise<string[]> =>
  ((await person.call('GET', `${path}/library?${query}`)).body.items ?? []).map((each) => String(each['name']));

test('folders, notes and files stand in one list, folders first, and move', async () => {
  const sales = await make(ana, '/folders', { name: ' Sales\u202E ' });
  const east = await make(ana, '/folders', { name: 'East', folder: sales });
  const note = await make(ana, '/notes', { title: 'Plan', folder: sales });
  await files.upload(ana, 'text', { filename: 'Offer.txt', place: `folder/${sales}` });
  expect(await names(ben, `folder=${sales}`)).toEqual(['East', 'Offer.txt', 'Plan']);
  expect(await names(ben, '')).toEqual(['Sales']);

  expect((await ben.call('PATCH', `${path}/notes/${note}`, { folder: east })).status).toBe(200);
  const inEast = (await ben.call('GET', `${path}/library?folder=${east}`)).body;
  expect(inEast.items).toMatchObject([{ key: `note/${note}`, folder: east, access: 'edit' }]);
  expect(inEast['path']).toEqual([
    { id: sales, name: 'Sales' },
    { id: east, name: 'East' },
  ]);
  const around = await ana.call('PATCH', `${path}/folders/${sales}`, { folder: east });
  expect([around.status, around.body.error?.message]).toEqual([409, expect.stringContaining('cannot lie in itself')]);
  expect((await vic.call('PATCH', `${path}/folders/${east}`, { folder: null })).status).toBe(403);
  expect((await ana.call('PATCH', `${path}/folders/${east}`, { folder: null })).body['folder']).toBeNull();
  expect((await ben.call('POST', `${path}/folders`, { name: '\u0001 ' })).status).toBe(400);
  expect((await ben.call('POST', `${path}/folders`, { name: 'x', folder: note })).status).toBe(404);
  expect((await ben.call('PATCH', `${path}/notes/${note}`, { folder: note })).status).toBe(404);
});

test('what lies in a private folder is nobody else’s on any surface, and follows its share', async () => {
  const secret = await make(ben, '/folders', { name: 'Secret', private: true });
  const inside = await make(ben, '/folders', { name: 'Inside', folder: secret });
  const note = await make(ben, '/notes', { title: 'Hidden plan', folder: inside });
  const file = await files.upload(ben, 'the hidden text', { filename: 'Hidden.txt', place: `folder/${inside}` });
  const attached = await files.upload(ben, 'on the note', { filename: 'Attached.txt', place: `note/${note}` });
  // Made where everybody sees it, then put away.
  const open = await make(ben, '/notes', { title: 'Open plan' });
  expect((await ben.call('PATCH', `${path}/notes/${open}`, { folder: secret })).status).toBe(200);
  const eve = await joinAs(server, ana, path, 'Eve', 'member');

  const seen = async (person: Person) => {
    const list = JSON.stringify((await person.call('GET', `${path}/library?view=all`)).body);
    const flat = JSON.stringify((await person.call('GET', `${path}/files`)).body);
    const found = JSON.stringify((await person.call('GET', `${path}/search?q=hidden`)).body.items ?? []);
    const activity = JSON.stringify((await person.call('GET', `${path}/activity`)).body.items ?? []);
    const statuses = [
      (await person.call('GET', `${path}/folders/${secret}`)).status,
      (await person.call('GET', `${path}/library?folder=${inside}`)).status,
      (await person.call('GET', `${path}/files/${file}`)).status,
      (await person.call('GET', `${path}/files/${attached}`)).status,
      (await person.call('GET', `${path}/notes/${open}`)).status,
      (await files.content(person, file)).status,
      (await person.call('PATCH', `${path}/files/${file}`, { name: 'x.txt' })).status,
      (await person.call('POST', `${path}/files/${file}/restore`, {})).status,
      (await files.begin(person, 5, { filename: 'x', place: `folder/${secret}` })).status,
      (await files.begin(person, 5, { filename: 'x', file })).status,
    ];
    const all = list + flat + found + activity;
    return { names: ['Secret', 'Inside', 'Hidden', 'Attached', 'Open plan'].filter((n) => all.includes(n)), statuses };
  };
  expect(await seen(eve)).toEqual({ names: [], statuses: Array(10).fill(404) });
  const bens = await seen(ben);
  expect(bens.names).toEqual(['Secret', 'Inside', 'Hidden', 'Attached', 'Open plan']);
  expect(bens.statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 201, 201]);

  const share = { kind: 'restricted', grants: [{ to: 'member', id: eve.memberId, level: 'view' }] };
  expect((await ben.call('PUT', `${path}/shares/${secret}`, share)).status).toBe(200);
  const shown = await seen(eve);
  expect(shown.statuses).toEqual([200, 200, 200, 200, 200, 200, 403, 403, 403, 403]);
  expect(await names(eve, 'view=shared')).toEqual(expect.arrayContaining(['Secret', 'Inside', 'Hidden plan']));
  expect(await names(ben, 'view=shared')).toEqual([]);
});

test('mine, recent, tags, favourites, templates', async () => {
  const note = await make(ben, '/notes', { title: 'How we call', tags: ['template', 'Sales'] });
  expect(await names(ben, 'view=mine')).toContain('How we call');
  expect(await names(ana, 'view=mine')).not.toContain('How we call');
  expect((await names(ana, 'view=recent'))[0]).toBe('How we call');
  expect(await names(ana, 'view=all&tag=Sales')).toEqual(['How we call']);
  expect(await names(ana, `view=favourites&keys=note/${note},file/none`)).toEqual(['How we call']);
  expect((await ana.call('GET', `${path}/library/tags`)).body.items).toContainEqual({ tag: 'Sales', count: 1 });
  const offered = (await ana.call('GET', `${path}/library/templates`)).body.items ?? [];
  expect(offered.map((each) => each['name'])).toEqual([
    'How we call',
    'Call report',
    'Meeting notes',
    'Handover',
    'Account plan',
  ]);
  for (const { id } of offered as { id: string }[])
    await make(ana, '/library/notes', { template: id, title: `From ${id}` });
  const made = (await ana.call('GET', `${path}/notes?q=What+was+promised`)).body.items ?? [];
  expect(made.map((each) => each['title'])).toEqual(['From handover']);
  expect((await ana.call('POST', `${path}/library/notes`, { template: 'none' })).status).toBe(404);
});

test('a folder in the bin takes along what lies in it, and brings it back', async () => {
  const folder = await make(ana, '/folders', { name: 'Old' });
  const note = await make(ana, '/notes', { title: 'Old note', folder });
  await files.upload(ana, 'x', { filename: 'On it.txt', place: `note/${note}` });
  expect((await ana.call('DELETE', `${path}/folders/${folder}`)).status).toBe(200);
  const all = await names(ana, 'view=all');
  expect(['Old', 'Old note', 'On it.txt'].filter((name) => all.includes(name))).toEqual([]);
  expect(await names(ana, 'view=bin')).toEqual(['Old']);
  expect((await vic.call('POST', `${path}/folders/${folder}/restore`, {})).status).toBe(403);
  expect((await ben.call('POST', `${path}/folders/${folder}/restore`, {})).status).toBe(200);
  expect(await names(ana, `folder=${folder}`)).toEqual(['Old note']);
  expect((await ana.call('GET', `${path}/files?place=note/${note}`)).body['total']).toBe(1);
});

test('files of a deal are its board’s, and go with it to another', async () => {
  const board = await make(ben, '/boards', { name: 'Private board', private: true });
  const deal = await make(ben, '/deals', { board, title: 'Big one' });
  const file = await files.upload(ben, 'terms', { filename: 'Terms.txt', place: `deal/${deal}` });
  const dov = await joinAs(server, ana, path, 'Dov', 'member');
  const status = async (person: Person) => (await person.call('GET', `${path}/files/${file}`)).status;
  expect([await status(ben), await status(dov)]).toEqual([200, 404]);
  expect(JSON.stringify((await dov.call('GET', `${path}/activity`)).body)).not.toContain('Terms.txt');
  const open = await make(ben, '/boards', { name: 'Open board' });
  const [stage] = (await ben.call('GET', `${path}/boards/${open}/stages`)).body.items ?? [];
  const moved = await ben.call('POST', `${path}/deals/transfer`, { ids: [deal], board: open, stage: stage?.['id'] });
  expect([moved.status, await status(dov)]).toEqual([200, 200]);
});

test('a note on a record is shared as the record is, also out of its folder again; pinned it comes first', async () => {
  const board = await make(ben, '/boards', { name: 'Own board', private: true });
  const deal = await make(ben, '/deals', { board, title: 'Quiet one' });
  const links = [{ noun: 'deal', id: deal }];
  const first = await make(ben, '/notes', { title: 'First call', links });
  const second = await make(ben, '/library/notes', { template: 'call-report', title: 'Second call', links });
  const fay = await joinAs(server, ana, path, 'Fay', 'member');
  const status = async (id: string) => (await fay.call('GET', `${path}/notes/${id}`)).status;
  expect([await status(first), await status(second)]).toEqual([404, 404]);
  const about = async () => (await ben.call('GET', `${path}/notes?about=deal/${deal}`)).body.items ?? [];
  expect((await about()).map(({ title, pinned }) => [title, pinned])).toEqual([
    ['Second call', false],
    ['First call', false],
  ]);
  expect((await ben.call('PATCH', `${path}/notes/${first}`, { pin: links })).status).toBe(200);
  expect((await about()).map(({ title, pinned }) => [title, pinned])).toEqual([
    ['First call', true],
    ['Second call', false],
  ]);
  await ben.call('PATCH', `${path}/notes/${first}`, { unpin: links });
  expect((await about()).map(({ pinned, links: to }) => [pinned, to])).toEqual([
    [false, links],
    [false, links],
  ]);

  await files.upload(ben, 'x', { filename: 'Sketch.txt', place: `deal/${deal}` });
  const timeline = async (person: Person) =>
    ((await person.call('GET', `${path}/activity?record=${deal}`)).body.items ?? [])
      .filter(({ kind }) => kind !== 'created')
      .map(({ kind, title, noun }) => [noun, kind, title]);
  expect(await timeline(ben)).toEqual([
    ['deal', 'attached', 'Sketch.txt'],
    ['deal', 'noted', 'Second call'],
    ['deal', 'noted', 'First call'],
  ]);
  expect(await timeline(fay)).toEqual([]);

  const open = await make(ben, '/folders', { name: 'For all' });
  await ben.call('PATCH', `${path}/notes/${first}`, { folder: open });
  expect(await status(first)).toBe(200);
  await ben.call('PATCH', `${path}/notes/${first}`, { folder: null });
  expect(await status(first)).toBe(404);
  expect(await names(ben, '')).not.toContain('First call');
});

test('where a file is used: notes that show it, for those who may open them', async () => {
  const shown = await make(ana, '/notes', { title: 'Shows it' });
  const file = await files.upload(ana, 'x', { filename: 'used.txt' });
  const { hub } = await server.services.host.open(path.split('/').at(-1) ?? '');
  const image = new Y.XmlElement('image');
  image.setAttribute('src', `${path}/files/${file}/content`);
  const author = { actor: 'someone', via: 'live' } as const;
  await hub.transact(`note/${shown}`, author, (doc) => doc.getXmlFragment('body').insert(0, [image]));
  const uses = async (person: Person) => (await person.call('GET', `${path}/files/${file}`)).body['uses'];
  expect(await uses(ben)).toEqual([{ note: shown, title: 'Shows it' }]);
  await ana.call('PUT', `${path}/shares/${shown}`, { kind: 'restricted', grants: [] });
  expect([await uses(ana), await uses(ben)]).toEqual([[{ note: shown, title: 'Shows it' }], []]);
  await hub.transact(`note/${shown}`, author, (doc) => doc.getXmlFragment('body').delete(0, 1));
  expect(await uses(ana)).toEqual([]);
});

test('a file has tags: with notes in one list, found by them, set by whoever may edit it', async () => {
  const id = await files.upload(ben, 'text', { filename: 'Kiln.txt' });
  const note = await make(ben, '/notes', { title: 'About kilns', tags: ['Smoke'] });
  const set = await ben.call('PATCH', `${path}/files/${id}`, { tags: [' Smoke', 'Smoke', '2026'] });
  expect([set.status, set.body['tags']]).toEqual([200, ['Smoke', '2026']]);
  expect(await names(ana, 'view=all&tag=Smoke')).toEqual(['About kilns', 'Kiln.txt']);
  expect((await ana.call('GET', `${path}/library/tags`)).body.items).toContainEqual({ tag: 'Smoke', count: 2 });
  expect((await ana.call('GET', `${path}/files?tag=2026`)).body.items).toMatchObject([{ id, tags: ['Smoke', '2026'] }]);
  expect((await ana.call('GET', `${path}/files?tag=none`)).body.items).toEqual([]);
  expect((await vic.call('PATCH', `${path}/files/${id}`, { tags: [] })).status).toBe(403);
  const long = await ben.call('PATCH', `${path}/files/${id}`, { tags: ['x'.repeat(61)] });
  expect([long.status, long.body.error?.code]).toEqual([400, 'invalid']);
  // A new version or name leaves them.
  await ben.call('PATCH', `${path}/files/${id}`, { name: 'Kilns.txt' });
  await files.upload(ben, 'more', { file: id });
  expect((await ben.call('GET', `${path}/files/${id}`)).body['tags']).toEqual(['Smoke', '2026']);
  for (const [what, where] of [
    ['files', id],
    ['notes', note],
  ])
    await ben.call('DELETE', `${path}/${what}/${where}`);
  expect((await ana.call('GET', `${path}/library/tags`)).body.items).not.toContainEqual(
    expect.objectContaining({ tag: 'Smoke' }),
  );
});
