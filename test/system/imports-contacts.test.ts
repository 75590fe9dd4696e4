import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeXlsx } from '../../packages/domain/src/imports/xlsx-fixture.node.ts';
import { importsOf } from './imports-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { ownNaughty } from './naughty-strings.ts';

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
const names = async (noun = 'contacts') => (await imports.list(noun)).map(({ name }) => name).toSorted();
const byName = async (noun: string, name: string) => {
  const found = (await imports.list(noun)).find((each) => each['name'] === name);
  if (!found) throw new Error(`no ${name} in ${noun}`);
  return imports.get(noun, found['id']);
};
const kinds = ['email', 'phone', 'address', 'social'];
type Points = readonly { kind: string; type: string; value: unknown }[];
const pointsOf = (record: Record<string, unknown>) =>
  Object.values(record['points'] as Record<string, Points[number]>)
    .map(({ kind, type, value }) => [kind, type, value])
    .toSorted(([a], [b]) => kinds.indexOf(String(a)) - kinds.indexOf(String(b)));

const file = [
  'Record ID,First name,Last name,Email,Work email,Mobile,Street,City,Company,Company domain,Company - Industry,Newsletter,Owner',
  '7,Ada,Lovelace,ada@x.example,ada@work.example,+44 1,1 Main St,London,Acme,acme.example,Steel,yes,Bo Li',
  '8,Bo,Li,bo@x.example,,,,,ACME Ltd,www.acme.example,,no,',
  '9,Cy,,,,,,,,,,,',
  ',,,,,,,,Hollin,,,,',
].join('\n');

describe('contacts', () => {
  test('come with several ways to reach them, their company and consent; undo takes all of it back', async () => {
    const looked = await imports.preview(file, contacts);
    expect(looked).toMatchObject({ created: 3, skipped: 0, also: { people: ['Bo Li'] } });
    expect(looked.also.records).toEqual([{ noun: 'companies', created: 2, used: 0 }]);
    expect(await names()).toEqual([]);

    const run = await imports.run(file, contacts);
    expect(run).toMatchObject({ status: 'done', created: 3, updated: 0, errors: [] });
    expect(await names()).toEqual(['Ada Lovelace', 'Bo Li', 'Cy']);
    // One company by its site, though its name is written in two ways.
    expect(await names('companies')).toEqual(['Acme', 'Hollin']);
    const ada = await byName('contacts', 'Ada Lovelace');
    expect(pointsOf(ada)).toEqual([
      ['email', '', 'ada@x.example'],
      ['email', 'work', 'ada@work.example'],
      ['phone', 'mobile', '+44 1'],
      ['address', '', { street: '1 Main St', city: 'London' }],
    ]);
    expect(ada).toMatchObject({ externalId: '7', company: { name: 'Acme' } });
    expect(ada['consent']).toMatchObject([{ purpose: 'newsletter', state: 'granted', source: 'Import of file.csv' }]);
    expect(await byName('companies', 'Acme')).toMatchObject({ industry: 'Steel' });

    const undone = await imports.undo(run.id);
    expect(undone).toMatchObject({ status: 'undone', keptCount: 0 });
    expect(await names()).toEqual([]);
    expect(await names('companies')).toEqual([]);
    const people = (await ana.call('GET', `${path}/members`)).body.items ?? [];
    expect(people.map(({ name }) => name)).not.toContain('Bo Li');
  });

  test('the same file again changes nothing; changed cells update, empty ones keep, and undo gives the old values', async () => {
    await imports.run(file, contacts);
    expect(await imports.run(file, contacts)).toMatchObject({ created: 0, updated: 0, unchanged: 3 });
    const changed =
      'Email,First name,Mobile,Job title,Company\nADA@x.example,Augusta,+44 2,,Hollin\nnew@x.example,New,,,\n';
    const run = await imports.run(changed, contacts);
    expect(run).toMatchObject({ created: 1, updated: 1 });
    const ada = await byName('contacts', 'Augusta Lovelace');
    expect(pointsOf(ada).filter(([kind]) => kind === 'phone')).toEqual([
      ['phone', 'mobile', '+44 1'],
      ['phone', 'mobile', '+44 2'],
    ]);
    expect(Object.keys(ada['links'] as object)).toHaveLength(2);

    // A colleague changes one of the values that the import wrote.
    await ana.call('PATCH', `${path}/contacts/${String(ada['id'])}`, { firstName: 'Lady' });
    const undone = await imports.undo(run.id);
    expect(undone.kept).toEqual([{ record: ada['id'], title: 'Lady Lovelace', field: 'firstName' }]);
    const after = await byName('contacts', 'Lady Lovelace');
    expect(pointsOf(after).filter(([kind]) => kind === 'phone')).toEqual([['phone', 'mobile', '+44 1']]);
    expect(Object.keys(after['links'] as object)).toHaveLength(1);
    expect(await names()).not.toContain('New');
  });

  test('fill writes into empty fields only; skip leaves what is there', async () => {
    await imports.run('Email,First name\na@x.example,Ada\n', contacts);
    const more = 'Email,First name,Job title\na@x.example,Other,Engineer\n';
    expect(await imports.run(more, { ...contacts, whenThere: 'skip' })).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await imports.run(more, { ...contacts, whenThere: 'fill' })).toMatchObject({ updated: 1 });
    expect(await byName('contacts', 'Ada')).toMatchObject({ jobTitle: 'Engineer' });
    expect(await imports.run(more, { ...contacts, whenThere: 'fill' })).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test('several keys are tried in their order; a chosen column is one, too', async () => {
    await imports.run('Cust,First name,Last name,Email,Phone\nK1,Ada,Lovelace,,030 1\n,Bo,Li,bo@x.example,030 1\n', {
      ...contacts,
      key: null,
      mapping: {
        Cust: { make: 'text' },
        'First name': 'firstName',
        'Last name': 'lastName',
        Email: 'email',
        Phone: 'phone',
      },
    });
    // By the made field first, by e-mail second; the switchboard’s number makes nobody the same.
    const more =
      'Cust,First name,Last name,Email,Phone\nK1,Ada,King,ada@x.example,030 1\nK2,Bo,Li,bo@x.example,030 1\n,Cy,Ro,,030 1\n';
    const run = await imports.run(more, { ...contacts, key: ['Cust', 'email', 'phone'] });
    expect(run).toMatchObject({ created: 1, updated: 2, errors: [] });
    expect(await names()).toEqual(['Ada King', 'Bo Li', 'Cy Ro']);
    const swapped = 'Name,Company\n"King, Ada",\n';
    expect(await imports.run(swapped, { ...contacts, key: ['name+company'] })).toMatchObject({ unchanged: 1 });
  });

  test('a row that comes twice, and one that could be several, are left out with the reason', async () => {
    await imports.run('First name,Email\nAda,same@x.example\nBo,same@x.example\n', { ...contacts, key: null });
    const { errors } = await imports.preview(
      'First name,Email\nA,new@x.example\nB,NEW@x.example\nC,same@x.example\nD,\n,\n',
      contacts,
    );
    expect(errors).toEqual([
      { row: 3, field: 'Email', message: 'is the same as in row 2; that row is taken' },
      { row: 4, field: 'Email', message: 'is that of several contacts; nobody can say which is meant' },
    ]);
  });

  test('what cannot be read is said, cell by cell', async () => {
    const { errors } = await imports.preview(
      'First name,Email,Phone,Birthday,Job title\nAda,not an address,call me,soon,Chief\n,,,,Nobody\nBo,b@x.example,+1 2,1990-01-02,\nCy,c@x.example,12,1990-01-02,\n',
      contacts,
    );
    expect(errors.map(({ row, field, message }) => `${row} ${field}: ${message}`)).toEqual([
      '2 Birthday: “soon” is not a date (year, month, day)',
      '2 Email: “not an address” is not an e-mail address',
      '2 Phone: “call me” is not a phone number',
      '3 : has no name and no way to reach anybody',
    ]);
  });

  test('vCards and spreadsheets', async () => {
    const card =
      'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ruiz;Ana;;;\r\nORG:Hollin;Sales\r\nTEL;TYPE=CELL:+34 1\r\nEMAIL:a@r.example\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n';
    const run = await imports.run(card, contacts);
    expect(run).toMatchObject({ created: 1, warnings: [{ row: 1, message: 'has a photo: not imported' }] });
    expect(await byName('contacts', 'Ana Ruiz')).toMatchObject({ department: 'Sales', company: { name: 'Hollin' } });
    const sheet = await makeXlsx({
      People: [
        ['Name', 'E-mail', 'Born', 'Zip'],
        ['Bo Li', 'bo@x.example', { serial: 30_000 }, '01234'],
      ],
    });
    await imports.run(sheet, {
      ...contacts,
      mapping: { Name: 'name', 'E-mail': 'email', Born: 'birthday', Zip: 'address/postalCode' },
    });
    const bo = await byName('contacts', 'Bo Li');
    expect(bo).toMatchObject({ birthday: '1982-02-18' });
    expect(pointsOf(bo)).toContainEqual(['address', '', { postalCode: '01234' }]);
  });

  test('what a colleague linked or worked on stays when the import is undone', async () => {
    const run = await imports.run('First name,Email,Company\nAda,a@x.example,Acme\nBo,b@x.example,Hollin\n', contacts);
    const bo = await byName('contacts', 'Bo');
    await ana.call('PATCH', `${path}/contacts/${String(bo['id'])}`, { jobTitle: 'Chief' });
    const acme = await byName('companies', 'Acme');
    const mine = await ana.call('POST', `${path}/contacts`, { firstName: 'Mine' });
    const linked = await ana.call('PUT', `${path}/contacts/${String(mine.body['id'])}/links/${String(acme['id'])}`, {
      role: 'Founder',
    });
    expect(linked.status, JSON.stringify(linked.body)).toBeLessThan(300);
    const undone = await imports.undo(run.id);
    expect(undone.kept.map(({ title }) => title).toSorted()).toEqual(['Acme', 'Bo', 'Hollin']);
    // Who may not open one of them is not told its name.
    const eve = await joinAs(server, ana, path, `Eve ${run.id}`, 'member');
    await ana.call('PUT', `${path}/shares/${String(bo['id'])}`, { kind: 'restricted', grants: [] });
    const told = (await eve.call('GET', `${path}/imports/${run.id}`)).body['kept'] as { title: string }[];
    expect(told.map(({ title }) => title).toSorted()).toEqual(['', 'Acme', 'Hollin']);
    expect(await names()).toEqual(['Bo', 'Mine']);
  });

  test('somebody’s private contact is neither found nor changed by another’s import', async () => {
    const eve = await joinAs(server, ana, path, 'Eve', 'member');
    await imports.run('First name,Email\nAda,ada@x.example\n', contacts);
    const ada = await byName('contacts', 'Ada');
    const hidden = await ana.call('PUT', `/api/v1${path.slice(7)}/shares/${String(ada['id'])}`, {
      kind: 'restricted',
      grants: [],
    });
    expect(hidden.status, JSON.stringify(hidden.body)).toBe(200);
    const hers = importsOf(server, eve, path);
    expect(await hers.run('First name,Email\nChanged,ada@x.example\n', contacts)).toMatchObject({
      created: 1,
      updated: 0,
    });
    expect(await imports.get('contacts', ada['id'])).toMatchObject({ firstName: 'Ada' });
  });

  test('strings that break programs come back as they were', async () => {
    const strings = ownNaughty
      .map((text) => text.trim().toWellFormed())
      .filter((text) => text !== '' && text.length <= 150);
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const text = [
      'First name,Job title,Company',
      ...strings.map((each) => [each, each, each].map(cell).join(',')),
    ].join('\r\n');
    const run = await imports.run(text, { ...contacts, hasHeader: true, delimiter: ',', key: null });
    expect(run).toMatchObject({ created: strings.length, errors: [] });
    const found = await imports.list('contacts');
    expect(found.map(({ firstName }) => firstName).toSorted()).toEqual(strings.toSorted());
    expect(await imports.undo(run.id)).toMatchObject({ status: 'undone', keptCount: 0 });
  });

  test('a viewer imports nothing', async () => {
    const vera = await joinAs(server, ana, path, 'Vera', 'viewer');
    expect((await importsOf(server, vera, path).send(file, contacts)).status).toBe(403);
  });
});

describe('companies', () => {
  test('belong to others, wherever those stand in the file, and to new ones', async () => {
    const text = 'Account,Sector,Subsidiary of\nBluth,retail,Acme\nAcme,steel,\nSelf,x,Self\nOrphan,y,Unknown Parent\n';
    const run = await imports.run(text, { noun: 'companies' });
    expect(run).toMatchObject({ created: 4, errors: [] });
    const acme = await byName('companies', 'Acme');
    expect(await byName('companies', 'Bluth')).toMatchObject({ parent: acme['id'] });
    expect(await byName('companies', 'Self')).toMatchObject({ parent: null });
    expect(await names('companies')).toEqual(['Acme', 'Bluth', 'Orphan', 'Self', 'Unknown Parent']);
    expect(await imports.run(text, { noun: 'companies' })).toMatchObject({ created: 0, updated: 0, unchanged: 4 });
    await imports.undo(run.id);
    expect(await names('companies')).toEqual([]);
  });
});

describe('deals with the companies and people that they name', () => {
  const deals =
    'Deal name,Stage,Company,Company website,Contact,Contact email\nFridges,Proposal,Acme,acme.example,Ada Lovelace,ada@acme.example\nOvens,Proposal,ACME,,"Lovelace, Ada",\nHoods,Proposal,Hollin,,,bo@hollin.example\nStoves,Proposal,,,,\n';

  test('all come in one go, each once, and go with the import', async () => {
    await imports.run('Name,Website\nAcme Inc.,https://www.acme.example/\n', { noun: 'companies' });
    const looked = await imports.preview(deals);
    expect(looked.also.records).toEqual([
      { noun: 'companies', created: 1, used: 1 },
      { noun: 'contacts', created: 2, used: 0 },
    ]);
    const run = await imports.run(deals);
    expect(run).toMatchObject({ created: 4, errors: [] });
    const acme = await byName('companies', 'Acme Inc.');
    const ada = await byName('contacts', 'Ada Lovelace');
    expect(ada).toMatchObject({ email: 'ada@acme.example', company: { name: 'Acme Inc.' } });
    const found = (await imports.list('deals')).map(({ title, company, contact, companyName, contactName }) => ({
      title,
      company,
      contact,
      companyName,
      contactName,
    }));
    const one = (title: string) => found.find((each) => each.title === title);
    expect(one('Fridges')).toEqual({
      title: 'Fridges',
      company: acme['id'],
      contact: ada['id'],
      companyName: 'Acme Inc.',
      contactName: 'Ada Lovelace',
    });
    expect(one('Ovens')).toMatchObject({ company: acme['id'], contact: ada['id'] });
    expect(one('Hoods')).toMatchObject({ companyName: 'Hollin', contactName: 'bo@hollin.example' });
    expect(one('Stoves')).toMatchObject({ company: null, contact: null });

    expect(await imports.run(deals, { key: 'title' })).toMatchObject({ created: 0 });
    expect(await names('companies')).toEqual(['Acme Inc.', 'Hollin']);
    await imports.undo(run.id);
    expect(await imports.list('deals')).toEqual([]);
    expect(await names('companies')).toEqual(['Acme Inc.']);
    expect(await names()).toEqual([]);
  });

  test('or stay text', async () => {
    await imports.run(deals, { records: 'text' });
    expect(await names('companies')).toEqual([]);
    expect((await imports.list('deals')).map(({ company }) => company)).toContain('Hollin');
  });
});
