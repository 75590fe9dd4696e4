import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, callsIn } from './calls-in.ts';
import { runCommand } from './operate-fixture.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient } from './stock-client.ts';

let server: TestServer;
let ana: Person;
let ben: Person;
let path: string;
let board: string;
let workspaceId: string;
let key: string;

interface Linked {
  readonly id: string;
  readonly noun: string;
  readonly name: string;
  readonly role: string;
  readonly primary: boolean;
}

const { call, make } = callsIn(
  () => path,
  () => ana,
);
const linksOf = async (to: string): Promise<Linked[]> => (await call(ana, 'GET', to))['links'] as Linked[];

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  ({ path, id: workspaceId } = await makeWorkspace(ana));
  ({ key } = await makeKey(ana, path, 'member'));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
  board = String(((await call(ana, 'GET', '/boards'))['items'] as Body[])[0]?.['id']);
});
afterAll(async () => {
  await server.stop();
});

describe('contacts and companies', () => {
  test('are made with several e-mails and phones, read, changed, deleted and restored', async () => {
    const id = await make('/contacts', {
      firstName: 'Helle',
      lastName: 'Brandvold',
      tags: ['Seafood'],
      emails: [
        { value: 'Helle@Hollin.example', type: 'work' },
        { value: 'hb@brandvold.example', type: 'home' },
      ],
      phones: [{ value: '+47 555 01 274', type: 'mobile' }],
      addresses: [{ value: { street: 'Bryggen 4', city: 'Bergen', country: 'Norway' } }],
    });
    const made = await call(ana, 'GET', `/contacts/${id}`);
    expect(made).toMatchObject({
      name: 'Helle Brandvold',
      email: 'Helle@Hollin.example',
      phone: '+47 555 01 274',
      tags: ['Seafood'],
    });
    const points = made['points'] as { id: string; kind: string; value: unknown; primary: boolean }[];
    expect(points.filter(({ primary }) => primary).map(({ kind }) => kind)).toEqual(['address', 'email', 'phone']);
    expect(points.find(({ kind }) => kind === 'address')?.value).toMatchObject({ city: 'Bergen' });
    const home = points.find(({ value }) => value === 'hb@brandvold.example');
    await call(ana, 'PATCH', `/contacts/${id}/points/${home?.id}`, { primary: true });
    expect((await call(ana, 'PATCH', `/contacts/${id}`, { jobTitle: 'Head of Logistics' }))['email']).toBe(
      'hb@brandvold.example',
    );
    const found = async (query: string) =>
      ((await call(ana, 'GET', `/contacts?${query}`))['items'] as Body[]).map((each) => each['id']);
    expect(await found('email=helle@hollin.EXAMPLE')).toEqual([id]);
    expect(await found('tag=Seafood&q=brandv')).toEqual([id]);
    const refused = await ana.call('PATCH', `${path}/contacts/${id}`, { shoeSize: 3, jobTitle: 'X' });
    expect([refused.status, refused.body.error?.fields]).toEqual([400, { shoeSize: 'is not a known field' }]);
    expect((await ana.call('DELETE', `${path}/contacts/${id}`)).status).toBe(204);
    expect((await ana.call('GET', `${path}/contacts/${id}`)).status).toBe(404);
    expect(await found('q=brandv')).toEqual([]);
    await call(ana, 'POST', `/contacts/${id}/restore`);
    expect(await found('q=brandv')).toEqual([id]);
  });

  test('are linked to each other and to deals, with a role, seen from both sides; names follow a rename', async () => {
    const company = await make('/companies', { name: 'Calder Hythe Port' });
    const person = await make('/contacts', { name: 'Tomasz Brandt', companies: [{ id: company, role: 'Board' }] });
    const deal = await make('/deals', {
      board,
      title: 'Probes',
      company,
      contact: person,
      value: { minor: 5000, currency: 'EUR' },
    });
    expect(await linksOf(`/contacts/${person}`)).toEqual([
      { id: company, noun: 'company', name: 'Calder Hythe Port', role: 'Board', primary: true },
      { id: deal, noun: 'deal', name: 'Probes', role: '', primary: true },
    ]);
    expect((await linksOf(`/companies/${company}`)).map(({ noun, name }) => [noun, name])).toEqual([
      ['contact', 'Tomasz Brandt'],
      ['deal', 'Probes'],
    ]);
    await call(ana, 'PATCH', `/companies/${company}`, { name: 'Port of Calder' });
    const ofCompany = await call(ana, 'GET', `/deals?linked=${company}`);
    expect(ofCompany['items']).toMatchObject([
      { id: deal, company, companyName: 'Port of Calder', contactName: 'Tomasz Brandt' },
    ]);
    const byCompany = await call(ana, 'GET', '/reports/value-by?dimension=company');
    expect(JSON.stringify(byCompany)).toContain('Port of Calder');
    expect(JSON.stringify(byCompany)).not.toContain(company);
    // Text stays text: what an import or an older board says is nobody's record.
    const old = await make('/deals', { board, title: 'Old', company: 'Hollin & Sons' });
    expect(await call(ana, 'GET', `/deals/${old}`)).toMatchObject({
      company: 'Hollin & Sons',
      companyName: 'Hollin & Sons',
    });
    await call(ana, 'PATCH', `/deals/${deal}`, { company: null });
    expect((await linksOf(`/companies/${company}`)).map(({ noun }) => noun)).toEqual(['contact']);
  });

  test('of which one is a part of another are never a part of themselves', async () => {
    const [top, below] = [await make('/companies', { name: 'Top' }), await make('/companies', { name: 'Below' })];
    await call(ana, 'PATCH', `/companies/${below}`, { parent: top });
    const refused = await ana.call('PATCH', `${path}/companies/${top}`, { parent: below });
    expect([refused.status, refused.body.error?.fields]).toEqual([400, { parent: 'is below this company' }]);
    expect((await ana.call('PATCH', `${path}/companies/${top}`, { parent: top })).status).toBe(400);
    expect(JSON.stringify(await call(ana, 'GET', '/data-quality'))).not.toContain(top);
    // Two programs, each of which saw only the other's record before, can still make a circle.
    const hub = await stockClient(server.url, workspaceId, `company/${top}`, key);
    hub.doc.getMap('fields').set('parent', below);
    await expect
      .poll(async () => JSON.stringify(await call(ana, 'GET', '/data-quality')))
      .toContain('a part of itself');
    const { items } = (await call(ana, 'GET', '/data-quality')) as { items: { noun: string; record: string }[] };
    expect(items.find(({ record }) => record === top)?.noun).toBe('company');
    hub.close();
    expect((await call(ana, 'GET', `/companies/${top}`))['parent']).toBe(below);
  });

  test('keep what people log, and every change, newest first', async () => {
    const id = await make('/companies', { name: 'Frostworks' });
    await call(ben, 'POST', `/companies/${id}/timeline`, { kind: 'call', text: 'Asked for a price', at: 5000 });
    await call(ana, 'POST', `/companies/${id}/timeline`, { kind: 'meeting', text: 'Met at the fair' });
    await call(ana, 'PATCH', `/companies/${id}`, {
      industry: 'Cold stores',
      nextActivity: { what: 'Send it', due: '2026-12-01' },
    });
    const told = await call(ana, 'GET', `/companies/${id}/timeline`);
    expect((told['logged'] as Body[]).map(({ kind, text, by }) => [kind, text, by === null])).toEqual([
      ['meeting', 'Met at the fair', false],
      ['call', 'Asked for a price', false],
    ]);
    expect((told['changes'] as Body[]).map(({ field }) => field)).toContain('industry');
    expect(await call(ana, 'GET', `/companies/${id}`)).toMatchObject({
      nextActivity: { what: 'Send it', due: '2026-12-01' },
      touchedAt: expect.any(Number),
    });
  });

  test('that are private are nowhere for others: not in lists, totals, links, feed, search, tables, deals or files', async () => {
    const company = await make('/companies', { name: 'Open House' });
    const before = (await call(ben, 'GET', '/contacts'))['total'];
    const secret = await make('/contacts', {
      name: 'Vera Undercover',
      private: true,
      emails: [{ value: 'vera@undercover.example' }],
      companies: [{ id: company }],
    });
    await call(ana, 'POST', `/contacts/${secret}/timeline`, { kind: 'note', text: 'undercover meeting' });
    const deal = await make('/deals', { board, title: 'Quiet deal', contact: secret });
    const places = [
      '/contacts?limit=500',
      '/contacts?q=undercover',
      `/companies/${company}`,
      '/activity?limit=500',
      '/search?q=undercover',
      `/deals/${deal}`,
      '/deals?limit=500',
      '/notes/chips?of=contact/' + secret,
      '/duplicates?noun=contact',
    ];
    await expect
      .poll(async () => JSON.stringify(await call(ana, 'GET', '/search?q=undercover')), { timeout: 15_000 })
      .toContain(secret);
    for (const place of places) {
      const { body } = await ben.call('GET', path + place);
      expect(JSON.stringify(body), place).not.toMatch(/undercover/i);
    }
    expect((await call(ben, 'GET', '/contacts'))['total']).toBe(before);
    for (const [method, to, sent] of [
      ['GET', `/contacts/${secret}`, undefined],
      ['PATCH', `/contacts/${secret}`, { jobTitle: 'Spy' }],
      ['DELETE', `/contacts/${secret}`, undefined],
      ['GET', `/contacts/${secret}/timeline`, undefined],
      ['POST', `/contacts/${secret}/timeline`, { kind: 'note', text: 'x' }],
      ['PUT', `/contacts/${secret}/links/${company}`, {}],
    ] as const) {
      const hidden = await ben.call(method, path + to, sent);
      const none = await ben.call(method, path + to.replace(secret, '01J00000000000000000000000'), sent);
      expect([to, hidden.status, hidden.body]).toEqual([to, none.status, none.body]);
      expect(hidden.status).toBe(404);
    }
  });

  test('have the rows that a rebuild from the log gives', async () => {
    const { code, text } = await runCommand('doctor', server.dataDir);
    expect([code, text]).toEqual([0, expect.any(String)]);
  });
});
