import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js';
import Papa from 'papaparse';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placesWith } from '../../apps/server/src/operate/erase/places-with.ts';
import { callsIn } from './calls-in.ts';
import { ownNaughty } from './naughty-strings.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let ben: Person & { memberId: string };
let path: string;

const {
  call,
  make: makeAt,
  items,
} = callsIn(
  () => path,
  () => ana,
);
const make = (body: object) => makeAt('/leads', body);

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  ({ path } = await makeWorkspace(ana));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
});
afterAll(async () => {
  await server.stop();
});

test('leads are found, shown as a table, edited in it, and exported without running as formulas', async () => {
  const id = await make({
    name: 'Nina Quillfeather',
    companyName: '=1+1',
    email: 'nina@quill.example',
    source: 'Fair',
  });
  await expect.poll(() => items('/search?q=quillfeather'), { timeout: 10_000 }).toMatchObject([{ noun: 'lead', id }]);
  const edits = [{ id, values: { source: 'Referral', stage: 'Working' } }];
  expect(await call(ana, 'POST', '/tables/leads/edits', { edits })).toMatchObject({ refused: [] });
  const where = JSON.stringify({ match: 'all', of: [{ field: 'status', op: 'any', values: ['open'] }] });
  expect(await items(`/tables/leads/rows?where=${encodeURIComponent(where)}&sort=stage`)).toMatchObject([
    { id, values: { companyName: '=1+1', source: 'Referral', stage: 'Working', inbox: 'Leads' } },
  ]);
  const response = await fetch(`${server.url}${path}/export`, { headers: { cookie: ana.cookie, origin: server.url } });
  const zip = new ZipReader(new BlobReader(await response.blob()));
  const entry = (await zip.getEntries()).find(({ filename }) => filename === 'leads.csv');
  if (entry === undefined || entry.directory) throw new Error('no leads.csv');
  const csv = await entry.getData(new TextWriter());
  await zip.close();
  const [row] = Papa.parse<Record<string, string>>(csv.replace('\uFEFF', ''), { header: true }).data;
  expect(row).toMatchObject({ Id: id, Inbox: 'Leads', Stage: 'Working', Status: 'open', Company: `'=1+1` });
});

test('open leads go over when somebody hands theirs over; closed ones keep the name', async () => {
  const open = await make({ name: 'Open', owner: ben.memberId });
  const closed = await make({ name: 'Closed', owner: ben.memberId });
  const board = String((await call(ana, 'GET', `/leads/${closed}`))['board']);
  const stages = await items(`/boards/${board}/stages`);
  const lost = stages.find(({ kind }) => kind === 'lost')?.['id'];
  await call(ana, 'POST', `/leads/${closed}/move`, { stage: lost, lostReason: 'No budget' });
  await call(ana, 'POST', `/members/${ben.memberId}/hand-over`, { to: null });
  expect(await call(ana, 'GET', `/leads/${open}`)).toMatchObject({ owner: null });
  expect(await call(ana, 'GET', `/leads/${closed}`)).toMatchObject({ owner: ben.memberId });
});

test('what anybody types comes back as it was', async () => {
  for (const text of ownNaughty.filter((each) => each.trim() !== '' && each.isWellFormed()).slice(0, 60)) {
    const message = text.slice(0, 300);
    const id = await make({ title: message, message });
    expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({ title: message, message });
  }
});

test('a custom field of leads is asked for, kept and told where it is used', async () => {
  const field = await call(ana, 'POST', '/fields', { noun: 'lead', label: 'Fleet size', type: 'number' });
  const key = String(field['key']);
  const id = await make({ name: 'With a field', custom: { [key]: 12 } });
  expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({ custom: { [key]: 12 } });
  const refused = await ana.call('POST', `${path}/leads`, { name: 'X', custom: { [key]: 'many' } });
  expect(refused.status).toBe(400);
  expect(await items('/fields?noun=lead')).toMatchObject([{ usedBy: { records: 1 } }]);
});

test('a person who is erased is gone from leads, from the log and from every byte of the file', async () => {
  const id = await make({
    name: 'Ottoline Quarrington',
    email: 'ottoline@quarrington.example',
    message: 'Ottoline Quarrington here.',
  });
  const texts = ['Ottoline Quarrington', 'ottoline@quarrington.example'];
  expect(placesWith(server.dataDir, texts).length).toBeGreaterThan(0);
  const done = await call(ana, 'POST', '/erasures', { texts });
  expect(done['remainingIn']).toEqual([]);
  expect(placesWith(server.dataDir, texts)).toEqual([]);
  expect((await call(ana, 'GET', `/leads/${id}`))['message']).toContain('[erased]');
});

test('the sample has leads, and takes them away again', async () => {
  const other = await makeWorkspace(ana, 'Sample');
  await ana.call('POST', `${other.path}/demo`, {});
  const leads = (await ana.call('GET', `${other.path}/leads?limit=500`)).body;
  expect(leads['total']).toBe(14);
  await ana.call('DELETE', `${other.path}/demo`);
  expect((await ana.call('GET', `${other.path}/leads`)).body['total']).toBe(0);
});
