import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importsOf } from './imports-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let path: string;
let imports: ReturnType<typeof importsOf>;
beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
});
beforeEach(async () => {
  ({ path } = await makeWorkspace(ana, 'A fresh one'));
  imports = importsOf(server, ana, path);
});
afterAll(() => server.stop());

const contacts = { noun: 'contacts' };
const head = 'First name,Last name,Email,Phone,Company,Street,City\n';
const there = `${head}Robert,Featherstone,robert@fab.example,+44 20 7946 0018,Fabricam,12 Mill Lane,Leeds\n`;
const names = async () => (await imports.list('contacts')).map(({ name }) => name).toSorted();

test('somebody under another e-mail, with a nickname: taken for who is there, with the reasons; empty cells keep', async () => {
  await imports.run(there, contacts);
  const again = `${head}Bob,Featherstone,bob.f@home.example,+44 20 7946 0018,Fabricam,12 Mill Lane,Leeds\n`;
  const look = await imports.preview(again, contacts);
  expect(look).toMatchObject({ created: 0, updated: 1, alikeCount: 1 });
  expect(look.alike).toMatchObject([{ title: 'Bob Featherstone', otherTitle: 'Robert Featherstone', isTaken: true }]);
  const said = look.alike[0]?.reasons.map(({ what, how }) => `${what} ${how}`);
  expect(said).toEqual(expect.arrayContaining(['phone same', 'address same']));

  const done = await imports.run(again, { ...contacts, whenThere: 'fill' });
  expect(done).toMatchObject({ created: 0, updated: 1, alikeCount: 1 });
  expect(await names()).toEqual(['Robert Featherstone']);
  await imports.undo(done.id);
  // Or as the person says: skipped, or as somebody else.
  expect(await imports.run(again, { ...contacts, whenThere: 'skip' })).toMatchObject({ created: 0, unchanged: 1 });
  const apart = await imports.run(again, { ...contacts, whenAlike: 'new' });
  expect(apart).toMatchObject({ created: 1, alike: [{ isTaken: false, record: expect.any(String) }] });
  expect(await names()).toEqual(['Bob Featherstone', 'Robert Featherstone']);
});

test('what is alike and not certain comes in, and is told as a possible duplicate', async () => {
  await imports.run(there, contacts);
  const done = await imports.run(`${head}Robert,Featherstone,,,,,\n`, contacts);
  expect(done).toMatchObject({ created: 1, alike: [{ title: 'Robert Featherstone', isTaken: false }] });
});

test('namesakes in one company are told of, not taken for one', async () => {
  await imports.run(`${head}Wilhelmina,Featherstonehaugh,w1@fab.example,,Fabricam,,Leeds\n`, contacts);
  const done = await imports.run(`${head}Wilhelmina,Featherstonehaugh,w2@other.example,,Fabricam,,Leeds\n`, contacts);
  expect(done).toMatchObject({ created: 1, alike: [{ isTaken: false }] });
});

test('rows that are much alike and share nothing are not even compared', async () => {
  const row = (at: number) => `Ada,Last${at},p${at}@x.example,+49 30 ${100_000 + at},Company,Street ${at},Town`;
  const rows = Array.from({ length: 3000 }, (_, at) => row(at));
  expect(await imports.preview([head.trim(), ...rows].join('\n'), contacts)).toMatchObject({
    created: 3000,
    alikeCount: 0,
  });
});

test('a switchboard’s number makes nobody another: neither in the file nor with who is there', async () => {
  const staff = ['Ada,Lovelace', 'Bo,Lindqvist', 'Cleo,Marchetti', 'Dev,Raghavan', 'Eli,Sørensen'];
  const row = (name: string) => `${name},,+49 30 1000,Fabricam,Hauptstr. 1,Berlin`;
  const [first = '', ...others] = staff;
  await imports.run(`${head}${row(first)}\n`, contacts);
  const done = await imports.run([head.trim(), ...others.map(row), row('Finn,Ahlgren')].join('\n'), contacts);
  expect(done).toMatchObject({ created: 5, alikeCount: 0, errors: [] });
});

test('twice in one file under two addresses: the second is left out and says why, or both come in when asked for', async () => {
  const file = [
    head.trim(),
    'Robert,Featherstone,robert@fab.example,+44 20 7946 0018,Fabricam,12 Mill Lane,Leeds',
    'Ada,Lovelace,ada@x.example,,,,',
    'Featherstone,Robert,rob@home.example,+44 20 7946 0018,Fabricam,12 Mill Lane,Leeds',
  ].join('\n');
  const look = await imports.preview(file, contacts);
  expect(look).toMatchObject({ created: 2, skipped: 1 });
  expect(look.errors).toEqual([
    {
      row: 4,
      field: '',
      message: expect.stringMatching(/^is almost certainly the same as in row 2 \(.*same phone.*\)/),
    },
  ]);
  expect(await imports.run(file, { ...contacts, whenAlike: 'new' })).toMatchObject({ created: 3 });
});

test('companies: the legal form does not make another where the site is the same', async () => {
  await imports.run('Name,Website\nFabricam,https://www.fabricam.example\n', { noun: 'companies' });
  const file = 'Name,Website,Industry\nFabricam GmbH,fabricam.example/en,Steel\nOther,other.example,\n';
  const look = await imports.preview(file, { noun: 'companies' });
  expect(look.alike).toMatchObject([{ title: 'Fabricam GmbH', otherTitle: 'Fabricam' }]);
});

test('parents that stand in the file themselves are not told as companies to be made', async () => {
  const file = 'Name,Parent company\nActon,Acme\nAcme,\nOther,Elsewhere\n';
  const look = await imports.preview(file, { noun: 'companies' });
  expect([look.created, look.also.records]).toEqual([3, [{ noun: 'companies', created: 1, used: 0 }]]);
  await imports.run(file, { noun: 'companies' });
  expect(await imports.list('companies')).toHaveLength(4);
});

test('who is hidden from the importer is neither found nor named', async () => {
  await imports.run(there, contacts);
  const [robert] = await imports.list('contacts');
  expect(
    (await ana.call('PUT', `${path}/shares/${String(robert?.['id'])}`, { kind: 'restricted', grants: [] })).status,
  ).toBe(200);
  const bo = await joinAs(server, ana, path, 'Bo', 'member');
  const look = await importsOf(server, bo, path).preview(
    `${head}Bob,Featherstone,b@home.example,+44 20 7946 0018,Fabricam,12 Mill Lane,Leeds\n`,
    contacts,
  );
  expect(look).toMatchObject({ created: 1, alikeCount: 0, alike: [] });
});
