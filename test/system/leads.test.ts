import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, callsIn } from './calls-in.ts';
import { fileTools } from './file-fixture.ts';
import { helle as lead } from './leads-fixture.ts';
import { joinAs, makeKey, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';
import { stockClient } from './stock-client.ts';

let server: TestServer;
let ana: Person;
let ben: Person & { memberId: string };
let cy: Person;
let path: string;
let workspaceId: string;
let key: string;

const { call, make, items } = callsIn(
  () => path,
  () => ana,
);

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
