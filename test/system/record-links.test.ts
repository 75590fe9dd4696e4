// What belongs together: a deal's contacts with roles, companies that are parts of others, whole lists of ways to reach somebody.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callsIn } from './calls-in.ts';
import { runCommand } from './operate-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let ben: Person;
let [path, board] = ['', ''];

beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  ({ path } = await makeWorkspace(ana));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
  board = String((await ana.call('GET', `${path}/boards`)).body.items?.[0]?.['id']);
});
afterAll(() => server.stop());

const { make } = callsIn(
  () => path,
  () => ana,
);
const get = async (to: string, person = ana) => (await person.call('GET', path + to)).body;
const put = (to: string, body: object, person = ana) => person.call('PUT', path + to, body);
const linked = async (deal: string, person = ana) =>
  ((await get(`/deals/${deal}/links`, person)).items ?? [])
    .map(({ name, role, primary }): readonly unknown[] => [name, role, primary])
    .toSorted(([a], [b]) => String(a).localeCompare(String(b)));

test('a deal has several contacts with roles and one primary, from both ends; the next one follows when that goes', async () => {
  const [helle, jon, mia] = [
    await make('/contacts', { name: 'Helle' }),
    await make('/contacts', { name: 'Jon' }),
    await make('/contacts', { name: 'Mia' }),
  ];
  const company = await make('/companies', { name: 'Hollin' });
  const deal = await make('/deals', { board, title: 'Boats', contact: helle });
  expect((await put(`/deals/${deal}/links/${jon}`, { role: 'Signs' })).status).toBe(200);
  expect((await put(`/deals/${deal}/links/${company}`, {})).status).toBe(200);
  expect(await linked(deal)).toEqual([
    ['Helle', '', true],
    ['Hollin', '', true],
    ['Jon', 'Signs', false],
  ]);
  await put(`/deals/${deal}/links/${mia}`, { role: 'Decides', primary: true });
  expect(await get(`/deals/${deal}`)).toMatchObject({ contact: mia, contactName: 'Mia', company });
  expect((await linked(deal)).filter(([, , primary]) => primary)).toEqual([
    ['Hollin', '', true],
    ['Mia', 'Decides', true],
  ]);
  await put(`/deals/${deal}/links/${helle}`, { role: 'Knows the boats' });
  expect((await linked(deal)).find(([name]) => name === 'Helle')).toEqual(['Helle', 'Knows the boats', false]);
  for (const id of [helle, jon, mia])
    expect((await get(`/deals?linked=${id}`)).items?.map((each) => each['title'])).toEqual(['Boats']);
  expect((await get(`/contacts/${jon}`))['links']).toMatchObject([{ noun: 'deal', id: deal, role: 'Signs' }]);
  expect((await ana.call('DELETE', `${path}/deals/${deal}/links/${mia}`)).status).toBe(204);
  expect(await get(`/deals/${deal}`)).toMatchObject({ contact: helle });
  expect((await linked(deal)).map(([name]) => name)).not.toContain('Mia');
  expect((await put(`/deals/${deal}/links/nobody`, {})).status).toBe(404);
  expect((await put(`/deals/none/links/${jon}`, {})).status).toBe(404);
});

test('a merge keeps the further contacts of a deal, and a private one is nobody else’s to see', async () => {
  const [main, gone, into] = [
    await make('/contacts', { name: 'Main' }),
    await make('/contacts', { name: 'Gone' }),
    await make('/contacts', { name: 'Into' }),
  ];
  const deal = await make('/deals', { board, title: 'Merged', contact: main });
  await put(`/deals/${deal}/links/${gone}`, { role: 'Advises' });
  const merged = await ana.call('POST', `${path}/merges`, { noun: 'contact', into, ids: [gone], fields: {} });
  expect(merged.status, JSON.stringify(merged.body)).toBeLessThan(300);
  expect(await linked(deal)).toEqual([
    ['Into', 'Advises', false],
    ['Main', '', true],
  ]);
  const secret = await make('/contacts', { name: 'Secret', private: true });
  await put(`/deals/${deal}/links/${secret}`, { role: 'Hidden' });
  expect((await linked(deal)).map(([name]) => name)).toContain('Secret');
  expect((await linked(deal, ben)).map(([name]) => name)).not.toContain('Secret');
  expect((await put(`/deals/${deal}/links/${secret}`, { role: 'Found' }, ben)).status).toBe(404);
  expect(await get(`/records/names?ids=${secret},${main}`, ben)).toEqual({
    items: { [main]: { noun: 'contact', name: 'Main' } },
  });
  expect(JSON.stringify(await get(`/boards/${board}/names`, ben))).not.toContain('Secret');
});

test('a deal is found by the names of all that it is linked to, as they are now; a private one tells nobody', async () => {
  const [main, other] = [
    await make('/contacts', { name: 'Quirin Main' }),
    await make('/contacts', { name: 'Zelda Further' }),
  ];
  const company = await make('/companies', { name: 'Xylophone Works' });
  const deal = await make('/deals', { board, title: 'Found by names', contact: main, company });
  await put(`/deals/${deal}/links/${other}`, { role: 'Knows' });
  const secret = await make('/contacts', { name: 'Wilhelmina Hidden', private: true });
  await put(`/deals/${deal}/links/${secret}`, {});
  const found = async (q: string, person = ana) =>
    ((await get(`/search?q=${q}&noun=deal`, person)).items ?? []).map(({ title }) => title);
  for (const q of ['quirin', 'zelda', 'xylophone', 'wilhelmina'])
    await expect.poll(() => found(q), { timeout: 15_000 }).toEqual(['Found by names']);
  expect(await found('zelda', ben)).toEqual(['Found by names']);
  expect(await found('wilhelmina', ben)).toEqual([]);
  await ana.call('PATCH', `${path}/contacts/${other}`, { name: 'Yvonne Renamed' });
  await expect.poll(() => found('yvonne'), { timeout: 15_000 }).toEqual(['Found by names']);
  await ana.call('DELETE', `${path}/deals/${deal}/links/${other}`);
  await expect.poll(() => found('yvonne'), { timeout: 15_000 }).toEqual([]);
});

test('companies are parts of others, listed there, and never of themselves', async () => {
  const top = await make('/companies', { name: 'Top' });
  const middle = await make('/companies', { name: 'Middle', parent: top });
  const low = await make('/companies', { name: 'Low', parent: middle });
  expect((await get(`/companies?parent=${top}`)).items?.map(({ name }) => name)).toEqual(['Middle']);
  const circle = await ana.call('PATCH', `${path}/companies/${top}`, { parent: low });
  expect([circle.status, circle.body.error?.message]).toEqual([400, 'A company cannot be a part of itself.']);
  expect((await ana.call('GET', `${path}/contacts?parent=${top}`)).status).toBe(400);
});

test('lists of e-mails, phones and addresses are replaced as a whole; what stays keeps its id', async () => {
  const id = await make('/contacts', {
    name: 'Pia',
    emails: [
      { value: 'pia@x.example', type: 'work' },
      { value: 'p@home.example', type: 'home' },
    ],
    phones: [{ value: '+47 1' }, { value: '+47 2', primary: true }],
  });
  const points = async () => (await get(`/contacts/${id}`))['points'] as { id: string; value: unknown; kind: string }[];
  const before = await points();
  expect((await get(`/contacts/${id}`))['phone']).toBe('+47 2');
  const patched = await ana.call('PATCH', `${path}/contacts/${id}`, {
    jobTitle: 'Pilot',
    emails: [
      { value: 'new@x.example', type: 'work' },
      { value: 'PIA@x.example', primary: true },
    ],
    addresses: [{ value: { street: 'Bryggen 4', city: 'Bergen' }, type: 'work' }],
  });
  expect(patched.body).toMatchObject({ jobTitle: 'Pilot', email: 'PIA@x.example', phone: '+47 2' });
  const after = await points();
  const pia = after.find(({ value }) => value === 'PIA@x.example');
  expect(pia).toMatchObject({
    type: 'work',
    primary: true,
    id: before.find(({ value }) => value === 'pia@x.example')?.id,
  });
  expect(after.map(({ kind }) => kind).toSorted()).toEqual(['address', 'email', 'email', 'phone', 'phone']);
  const wrong = await ana.call('PATCH', `${path}/contacts/${id}`, { jobTitle: 'X', emails: [{ value: 'no address' }] });
  expect(wrong.status).toBe(400);
  expect(await get(`/contacts/${id}`)).toMatchObject({ jobTitle: 'Pilot', email: 'PIA@x.example' });
  await ana.call('PATCH', `${path}/contacts/${id}`, { emails: [], phones: [] });
  expect(await get(`/contacts/${id}`)).toMatchObject({ email: null, phone: null });
  expect((await points()).map(({ kind }) => kind)).toEqual(['address']);
});

test('the rows of all of that are those that the log gives', async () => {
  const { code, text } = await runCommand('doctor', server.dataDir);
  expect([code, text]).toEqual([0, expect.stringContaining('sound')]);
});
