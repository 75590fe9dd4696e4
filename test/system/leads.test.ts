import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileTools } from './file-fixture.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient } from './stock-client.ts';

let server: TestServer;
let ana: Person;
let ben: Person & { memberId: string };
let cy: Person;
let path: string;
let workspaceId: string;
let key: string;

type Body = Record<string, unknown>;
interface Converted {
  readonly company: string | null;
  readonly contact: string | null;
  readonly deal: string | null;
  readonly undo: object[];
}

const call = async (person: Person, method: string, to: string, body?: unknown): Promise<Body> => {
  const reply = await person.call(method, path + to, body);
  if (reply.status >= 300) throw new Error(`${method} ${to}: ${JSON.stringify(reply.body)}`);
  return reply.body;
};
const make = async (to: string, body: object, person = ana): Promise<string> =>
  String((await call(person, 'POST', to, body))['id']);
const items = async (to: string, person = ana) => (await call(person, 'GET', to))['items'] as Body[];
const lead = (more: object = {}) => ({
  name: 'Helle Brandvold',
  companyName: 'Brandvold Seafood',
  email: 'helle@brandvold.example',
  phone: '+47 555 01 274',
  ...more,
});
const convert = async (id: string, body: object, person = ana) =>
  (await call(person, 'POST', `/leads/${id}/convert`, body)) as unknown as Converted;
const firstDealBoard = async () => String((await items('/boards?kind=deals'))[0]?.['id']);

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  ({ path, id: workspaceId } = await makeWorkspace(ana));
  ({ key } = await makeKey(ana, path, 'member'));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
  cy = await joinAs(server, ana, path, 'Cy', 'member');
});
afterAll(async () => {
  await server.stop();
});

describe('leads', () => {
  test('the first one makes the inbox, with its statuses; a workspace without leads has none', async () => {
    expect(await items('/boards?kind=leads')).toEqual([]);
    const [pipeline] = await items('/boards');
    await call(ana, 'PATCH', `/boards/${String(pipeline?.['id'])}`, { currency: 'CHF' });
    const [one, two] = await Promise.all([
      make('/leads', lead()),
      make('/leads', lead({ name: null, companyName: null })),
    ]);
    const [inbox, ...others] = await items('/boards?kind=leads');
    expect(others).toEqual([]);
    const whole = await call(ana, 'GET', `/boards/${String(inbox?.['id'])}`);
    expect((whole['stages'] as Body[]).map(({ name, kind }) => [name, kind])).toEqual([
      ['New', 'open'],
      ['Working', 'open'],
      ['Nurturing', 'open'],
      ['Converted', 'won'],
      ['Disqualified', 'lost'],
    ]);
    expect(whole).toMatchObject({ open: 2, currency: 'CHF' });
    expect(await call(ana, 'GET', `/leads/${one}`)).toMatchObject({
      title: 'Helle Brandvold · Brandvold Seafood',
      status: 'open',
      converted: null,
      board: inbox?.['id'],
    });
    expect(await call(ana, 'GET', `/leads/${two}`)).toMatchObject({ title: 'helle@brandvold.example' });
  });

  test('are listed, filtered, changed, moved and deleted; deals know nothing of them', async () => {
    const id = await make('/leads', lead({ source: 'Fair', form: 'f1', owner: ben.memberId, title: 'By the booth' }));
    expect(await items(`/leads?owner=${ben.memberId}`)).toMatchObject([{ id, title: 'By the booth' }]);
    expect(await items('/leads?source=Fair')).toHaveLength(1);
    expect(await items('/leads?form=f1')).toHaveLength(1);
    expect(await items('/leads?email=HELLE@brandvold.example&form=f1')).toHaveLength(1);
    expect(await items('/leads?q=booth')).toHaveLength(1);
    await call(ana, 'PATCH', `/leads/${id}`, { jobTitle: 'Buyer' });
    expect(await call(ana, 'GET', `/leads/${id}`)).toMatchObject({ jobTitle: 'Buyer' });
    const inbox = await call(ana, 'GET', `/boards/${String((await items('/boards?kind=leads'))[0]?.['id'])}`);
    const stage = Object.fromEntries((inbox['stages'] as Body[]).map(({ name, id: of }) => [name, of]));
    const refused = await ana.call('POST', `${path}/leads/${id}/move`, { stage: stage['Disqualified'] });
    expect([refused.status, refused.body.error?.fields]).toEqual([400, { lostReason: 'Say why it was disqualified' }]);
    await call(ana, 'POST', `/leads/${id}/move`, { stage: stage['Disqualified'], lostReason: 'A student' });
    expect(await items('/leads?status=disqualified')).toMatchObject([{ id, lostReason: 'A student' }]);
    const byHand = await ana.call('POST', `${path}/leads/${id}/move`, { stage: stage['Converted'] });
    expect([byHand.status, byHand.body.error?.message]).toEqual([
      400,
      'Not moved. A lead gets to Converted by its conversion.',
    ]);
    expect((await ana.call('DELETE', `${path}/leads/${id}`)).status).toBe(204);
    expect((await ana.call('GET', `${path}/leads/${id}`)).status).toBe(404);
    expect(await items('/deals')).toEqual([]);
    expect((await ana.call('POST', `${path}/deals`, { board: inbox['id'], title: 'No' })).body.error?.fields).toEqual({
      board: 'does not exist',
    });
    expect(await call(ana, 'GET', `/activity?record=${id}&noun=lead`)).toMatchObject({ items: expect.anything() });
    const unknown = await ana.call('POST', `${path}/leads`, { title: 'X', assignedWhy: 'because' });
    expect([unknown.status, unknown.body.error?.fields]).toMatchObject([400, { assignedWhy: expect.anything() }]);
  });

  test('a client that writes another kind into the document changes nothing: the server puts it back', async () => {
    const id = await make('/leads', lead({ title: 'Stays a lead' }));
    const [inbox] = await items('/boards?kind=leads');
    const client = await stockClient(server.url, workspaceId, String(inbox?.['doc']), key);
    try {
      client.doc.transact(() => {
        client.doc.getMap('meta').set('kind', 'deals');
        (client.doc.getMap('cards').get(id) as { set(key: string, value: string): void }).set('title', 'Still a lead');
      });
      await expect.poll(async () => (await call(ana, 'GET', `/leads/${id}`))['title']).toBe('Still a lead');
      await expect.poll(() => client.doc.getMap('meta').get('kind')).toBe('leads');
      expect(await items('/deals')).toEqual([]);
      expect((await items('/boards?kind=leads')).map((board) => board['id'])).toEqual([inbox?.['id']]);
    } finally {
      client.close();
    }
  });

  test('one that is shared with somebody alone is there for nobody else', async () => {
    const board = await make('/boards', { name: 'Mine', kind: 'leads', private: true });
    const id = await make('/leads', lead({ board, title: 'Secret lead' }));
    for (const to of [`/leads/${id}`, `/leads/${id}/matches`])
      expect([to, (await ben.call('GET', path + to)).status]).toEqual([to, 404]);
    expect((await ben.call('POST', `${path}/leads/${id}/convert`, {})).status).toBe(404);
    expect((await items(`/leads?board=${board}`, ben)).length).toBe(0);
    expect((await items('/leads?q=Secret', ben)).length).toBe(0);
    expect((await ben.call('POST', `${path}/leads`, { title: 'x', board })).status).toBe(400);
    expect((await items('/leads?q=Secret')).length).toBe(1);
  });
});

describe('notes and files of a lead', () => {
  test('stand on it and in its history, and are for those alone who may open its inbox', async () => {
    const { upload, content } = fileTools(server, path);
    const board = await make('/boards', { name: 'Quiet', kind: 'leads' });
    await call(ana, 'PUT', `/shares/${board}`, {
      kind: 'restricted',
      grants: [{ to: 'member', id: ben.memberId, level: 'edit' }],
    });
    const id = await make('/leads', lead({ board, title: 'With papers' }), ben);
    const note = await make('/notes', { title: 'Budget of Brandvold', links: [{ noun: 'lead', id }] }, ben);
    const file = await upload(ben, 'plan', { filename: 'Plan.txt', place: `lead/${id}` });
    const ofLead = async (person: Person) => [
      (await items(`/notes?about=lead/${id}`, person)).map((each) => each['id']),
      (await person.call('GET', `${path}/files?place=lead/${id}`)).body.items?.map((each) => each['id']),
    ];
    expect(await ofLead(ben)).toEqual([[note], [file]]);
    expect((await items(`/activity?record=${id}&raw=1`)).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['noted', 'attached']),
    );
    expect((await items(`/notes/chips?of=lead/${id}`, ben))[0]).toMatchObject({ name: 'With papers', parent: board });

    expect((await cy.call('GET', `${path}/notes/${note}`)).status).toBe(404);
    expect((await content(cy, file)).status).toBe(404);
    expect((await cy.call('GET', `${path}/files/${file}`)).status).toBe(404);
    expect((await items('/files?limit=500', cy)).some((each) => each['id'] === file)).toBe(false);
    expect(await items(`/notes/chips?of=lead/${id}`, cy)).toEqual([]);
    expect((await cy.call('GET', `${path}/files?place=lead/${id}`)).body.items ?? []).toEqual([]);
    await expect(upload(cy, 'x', { filename: 'x.txt', place: `lead/${id}` })).rejects.toThrow('404');
    await call(ana, 'PUT', `/shares/${board}`, { kind: 'everyone', level: 'view' });
    expect((await content(cy, file)).status).toBe(200);
  });
});

describe('conversion', () => {
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
      [ana, ben].map((person) =>
        person.call('POST', `${path}/leads/${id}/convert`, { company: 'new', contact: 'new' }),
      ),
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
});
