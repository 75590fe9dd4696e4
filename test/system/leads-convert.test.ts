import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Body, callsIn } from './calls-in.ts';
import { helle as lead } from './leads-fixture.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let ben: Person & { memberId: string };
let cy: Person;
let path: string;

interface Converted {
  readonly company: string | null;
  readonly contact: string | null;
  readonly deal: string | null;
  readonly undo: object[];
}

const { call, make, items } = callsIn(
  () => path,
  () => ana,
);
const convert = async (id: string, body: object, person = ana) =>
  (await call(person, 'POST', `/leads/${id}/convert`, body)) as unknown as Converted;
const firstDealBoard = async () => String((await items('/boards?kind=deals'))[0]?.['id']);

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  ({ path } = await makeWorkspace(ana));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
  cy = await joinAs(server, ana, path, 'Cy', 'member');
});
afterAll(async () => {
  await server.stop();
});

test('makes a company, a contact and a deal; consent, source, owner and message come along', async () => {
  const id = await make(
    '/leads',
    lead({
      email: 'nina@fjord-foods.example',
      name: 'Nina Fjord',
      companyName: 'Fjord Foods',
      jobTitle: 'Head of buying',
      country: 'Norway',
      source: 'Web form',
      owner: ben.memberId,
      message: 'Please call me.',
      labels: ['Fair'],
      value: { minor: 1_200_000, currency: 'EUR' },
      consent: { marketing: { state: 'granted', at: 5000, source: 'Form', proof: 'double opt-in' } },
    }),
  );
  const board = await firstDealBoard();
  const done = await convert(id, { company: 'new', contact: 'new', deal: { board } });
  const contact = await call(ana, 'GET', `/contacts/${done.contact ?? ''}`);
  expect(contact).toMatchObject({
    firstName: 'Nina',
    lastName: 'Fjord',
    jobTitle: 'Head of buying',
    source: 'Web form',
    owner: ben.memberId,
    email: 'nina@fjord-foods.example',
    tags: ['Fair'],
    company: { id: done.company, name: 'Fjord Foods' },
    consent: [{ purpose: 'marketing', state: 'granted', at: 5000, source: 'Form', proof: 'double opt-in' }],
  });
  expect(await call(ana, 'GET', `/companies/${done.company ?? ''}`)).toMatchObject({
    name: 'Fjord Foods',
    domain: 'fjord-foods.example',
    points: [{ kind: 'address', value: { country: 'Norway' } }],
  });
  expect(await call(ana, 'GET', `/deals/${done.deal ?? ''}`)).toMatchObject({
    title: 'Nina Fjord · Fjord Foods',
    company: done.company,
    contact: done.contact,
    owner: ben.memberId,
    source: 'Web form',
    value: { minor: 1_200_000, currency: 'EUR' },
  });
  expect((await call(ana, 'GET', `/contacts/${done.contact ?? ''}/timeline`))['logged']).toContainEqual(
    expect.objectContaining({ text: 'Please call me.' }),
  );
  expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({
    status: 'converted',
    converted: { company: done.company, contact: done.contact, deal: done.deal },
  });

  // Taken back: all of it, and taken back again.
  const back = (await call(ana, 'POST', `/leads/${id}/convert/undo`, { undo: done.undo })) as {
    kept?: string[];
    undo?: object[];
  };
  expect(back.kept).toEqual([]);
  expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({ status: 'open', converted: null, closedAt: null });
  for (const gone of [`/contacts/${done.contact}`, `/companies/${done.company}`, `/deals/${done.deal}`])
    expect([gone, (await ana.call('GET', path + gone)).status]).toEqual([gone, 404]);
  await call(ana, 'POST', `/leads/${id}/convert/undo`, { undo: back.undo });
  expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({ status: 'converted' });
  for (const there of [`/contacts/${done.contact}`, `/companies/${done.company}`, `/deals/${done.deal}`])
    expect([there, (await ana.call('GET', path + there)).status]).toEqual([there, 200]);
});

test('finds who is there already and fills only what they lack; what a colleague did since stays when it is undone', async () => {
  const company = await make('/companies', { name: 'Havfisk AS', domain: 'havfisk.example' });
  const contact = await make('/contacts', {
    firstName: 'Ola',
    lastName: 'Hav',
    jobTitle: 'Captain',
    emails: [{ value: 'OLA@havfisk.example' }],
  });
  const id = await make(
    '/leads',
    lead({
      name: 'Ole Havn',
      companyName: 'Havfisk',
      email: 'ola@havfisk.example',
      phone: '+47 555 01 999',
      jobTitle: 'Owner',
      source: 'Web form',
    }),
  );
  const found = (await call(ana, 'GET', `/leads/${id}/matches`)) as Record<'company' | 'contact', Body[]>;
  expect(found.contact[0]).toMatchObject({ id: contact, score: 1, reasons: [{ what: 'email', how: 'same' }] });
  expect(found.company[0]).toMatchObject({ id: company, score: 1, reasons: [{ what: 'site', how: 'same' }] });
  const done = await convert(id, {});
  expect([done.company, done.contact, done.deal]).toEqual([company, contact, null]);
  const filled = await call(ana, 'GET', `/contacts/${contact}`);
  expect(filled).toMatchObject({ firstName: 'Ola', lastName: 'Hav', jobTitle: 'Captain', source: 'Web form' });
  expect((filled['points'] as Body[]).map(({ value }) => value).sort()).toEqual([
    '+47 555 01 999',
    'OLA@havfisk.example',
  ]);

  await call(ben, 'PATCH', `/contacts/${contact}`, { source: 'Referral' });
  const { kept } = (await call(ana, 'POST', `/leads/${id}/convert/undo`, { undo: done.undo })) as { kept?: string[] };
  expect(kept).toEqual([`contact/${contact}`]);
  const after = await call(ana, 'GET', `/contacts/${contact}`);
  expect(after).toMatchObject({ source: 'Referral', jobTitle: 'Captain', deletedAt: null });
  expect((after['points'] as Body[]).map(({ value }) => value)).toEqual(['OLA@havfisk.example']);
  expect((await ana.call('GET', `${path}/companies/${company}`)).status).toBe(200);
});

test('a record that it made and that a colleague worked on meanwhile is kept when it is undone', async () => {
  const id = await make('/leads', lead({ email: 'per@nordlys.example', companyName: 'Nordlys', name: 'Per Nord' }));
  const done = await convert(id, { company: 'new', contact: 'new', deal: { board: await firstDealBoard() } });
  await call(ben, 'PATCH', `/deals/${done.deal ?? ''}`, { title: 'Per wants two' });
  const { kept } = (await call(ana, 'POST', `/leads/${id}/convert/undo`, { undo: done.undo })) as { kept?: string[] };
  expect(kept).toHaveLength(3);
  for (const there of [`/contacts/${done.contact}`, `/companies/${done.company}`, `/deals/${done.deal}`])
    expect([there, (await ana.call('GET', path + there)).status]).toEqual([there, 200]);
  expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({ status: 'open', converted: null });
});

test('of two people who convert one lead at once, one does, and the other is told who', async () => {
  const id = await make('/leads', lead({ email: 'tor@race.example', companyName: 'Race', name: 'Tor Race' }));
  const before = (await items('/companies')).length;
  const replies = await Promise.all(
    [ana, ben].map((person) => person.call('POST', `${path}/leads/${id}/convert`, { company: 'new', contact: 'new' })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  const loser = replies.find(({ status }) => status === 409);
  expect(loser?.body.error?.message).toMatch(/^Nothing was changed: (Ana|Ben) converted this lead already\.$/);
  expect((await items('/companies')).length).toBe(before + 1);
  const again = await ana.call('POST', `${path}/leads/${id}/convert`, {});
  expect(again.status).toBe(409);
});

test('a private contact of somebody else is never offered, and cannot be named', async () => {
  const secret = await make(
    '/contacts',
    { firstName: 'Siri', lastName: 'Secret', emails: [{ value: 'siri@secret.example' }], private: true },
    ben,
  );
  const id = await make('/leads', lead({ name: 'Siri Secret', companyName: null, email: 'siri@secret.example' }));
  const found = (await call(cy, 'GET', `/leads/${id}/matches`)) as Record<'contact', Body[]>;
  expect(found.contact).toEqual([]);
  const named = await cy.call('POST', `${path}/leads/${id}/convert`, { company: 'none', contact: secret });
  expect([named.status, named.body.error?.fields]).toEqual([400, { contact: 'does not exist' }]);
  const his = (await call(ben, 'GET', `/leads/${id}/matches`)) as Record<'contact', Body[]>;
  expect(his.contact[0]).toMatchObject({ id: secret });
});

test('from an inbox that not everybody may open makes what is the converter’s and the lead’s owner’s, until they say otherwise', async () => {
  const dee = await joinAs(server, ana, path, 'Dee', 'member');
  const cyId = (await items('/members')).find((each) => each['name'] === 'Cy')?.['id'];
  const eve = await joinAs(server, ana, path, 'Eve', 'member');
  const board = await make('/boards', { name: 'Few', kind: 'leads' });
  const grants = [ben.memberId, cyId].map((member) => ({ to: 'member', id: member, level: 'edit' }));
  await call(ana, 'PUT', `/shares/${board}`, { kind: 'restricted', grants });
  /** What of it somebody finds: its page, the lists of the API, the tables, search, and names. */
  const seenBy = async (person: Person, made: Converted, word: string) => {
    const found: string[] = [];
    for (const [noun, plural, id] of [
      ['contact', 'contacts', made.contact],
      ['company', 'companies', made.company],
    ] as const) {
      const has = (reply: { body: { items?: readonly Body[] } }) =>
        reply.body.items?.some((each) => each['id'] === id) === true;
      if ((await person.call('GET', `${path}/${plural}/${id}`)).status === 200) found.push(`${noun} page`);
      if (has(await person.call('GET', `${path}/${plural}?limit=500`))) found.push(`${noun} list`);
      if (has(await person.call('GET', `${path}/tables/${plural}/rows?limit=500`))) found.push(`${noun} table`);
      if (has(await person.call('GET', `${path}/search?q=${word}`))) found.push(`${noun} search`);
      const names = await person.call('GET', `${path}/records/names?ids=${id}`);
      if (JSON.stringify(names.body).includes(String(id))) found.push(`${noun} name`);
    }
    return found;
  };
  const all = ['contact', 'company'].flatMap((noun) =>
    ['page', 'list', 'table', 'search', 'name'].map((where) => `${noun} ${where}`),
  );
  const indexed = () =>
    expect.poll(async () => (await call(ana, 'GET', '/search?q=x'))['isUpToDate'], { timeout: 15_000 }).toBe(true);
  const quiet = await convert(
    await make(
      '/leads',
      lead({ board, owner: cyId, name: 'Quiet Quill', companyName: 'Quill Works', email: 'q@quill.example' }),
      ben,
    ),
    {},
    ben,
  );
  await indexed();
  for (const person of [ben, cy, ana]) expect(await seenBy(person, quiet, 'quill')).toEqual(all);
  expect(await seenBy(dee, quiet, 'quill')).toEqual([]);
  // An owner who may not open the inbox is not let in by its lead either.
  const kept = await convert(
    await make(
      '/leads',
      lead({
        board,
        owner: eve.memberId,
        name: 'Kept Kestrel',
        companyName: 'Kestrel Ltd',
        email: 'k@kestrel.example',
      }),
      ben,
    ),
    { sharedWith: 'me' },
    ben,
  );
  const told = await convert(
    await make(
      '/leads',
      lead({ board, name: 'Told Toucan', companyName: 'Toucan Ltd', email: 't@toucan.example' }),
      ben,
    ),
    { sharedWith: 'everyone' },
    ben,
  );
  await indexed();
  for (const person of [cy, dee, eve]) expect(await seenBy(person, kept, 'kestrel')).toEqual([]);
  expect(await seenBy(ben, kept, 'kestrel')).toEqual(all);
  expect(await seenBy(dee, told, 'toucan')).toEqual(all);
  // One that exists stays as it is shared, also when the lead that meets it is not everybody's.
  const again = await convert(
    await make('/leads', lead({ board, name: 'Told Toucan', email: 't@toucan.example' }), ben),
    { company: 'none' },
    ben,
  );
  expect(again.contact).toBe(told.contact);
  expect((await dee.call('GET', `${path}/contacts/${again.contact}`)).status).toBe(200);
  // And everybody's inbox makes what is everybody's.
  const open = await convert(await make('/leads', lead({ name: 'Open Otter', email: 'o@otter.example' })), {}, ben);
  expect((await dee.call('GET', `${path}/contacts/${open.contact}`)).status).toBe(200);
});

test('nothing is left behind by one that is refused', async () => {
  const id = await make('/leads', lead({ email: 'no@nowhere.example', companyName: 'Nowhere', name: 'No One' }));
  const before = [(await items('/companies')).length, (await items('/contacts')).length];
  const refused = await ana.call('POST', `${path}/leads/${id}/convert`, {
    company: 'new',
    contact: 'new',
    deal: { board: await firstDealBoard(), stage: 'gone' },
  });
  expect(refused.status).toBe(400);
  expect([(await items('/companies')).length, (await items('/contacts')).length]).toEqual(before);
  expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({ status: 'open', converted: null });
  const forged = await ana.call('POST', `${path}/leads/${id}/convert/undo`, {
    undo: [
      {
        doc: 'contact/x',
        applied: { created: [], changes: [{ root: 'cards', id: 'a', field: 'b', from: 1, to: 2 }] },
      },
    ],
  });
  expect(forged.status).toBe(400);
});
