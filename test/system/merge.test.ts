// Records that are one: warned about, suggested, merged and taken back, on a real server.
import { join } from 'node:path';
import { applyPatch } from '@rapport/doc/patch';
import { dealRows } from '@rapport/domain/deals/deal-rows.node';
import { dealType } from '@rapport/domain/deals/deal-type';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardsCsv } from '../../apps/server/src/operate/export/cards-csv.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let ben: Person & { memberId: string };
let path: string;
let id: string;
let board: string;
beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  ({ path, id } = await makeWorkspace(ana));
  ben = await joinAs(server, ana, path, 'Ben', 'member');
  board = String((await ana.call('GET', `${path}/boards`)).body.items?.[0]?.['id']);
});
afterAll(() => server.stop());

type Body = Record<string, unknown>;
const ok = async (method: string, at: string, body?: unknown, who: Person = ana): Promise<Body> => {
  const reply = await who.call(method, path + at, body);
  expect([at, reply.status < 300, reply.body.error]).toEqual([at, true, undefined]);
  return reply.body;
};
const contact = async (values: object, who = ana) => String((await ok('POST', '/contacts', values, who))['id']);
const company = async (values: object) => String((await ok('POST', '/companies', values))['id']);
const get = (noun: string, of: string, who = ana) => ok('GET', `/${noun}/${of}`, undefined, who);
const merge = (noun: string, into: string, ids: string[], fields = {}, who = ana) =>
  ok('POST', '/merges', { noun, into, ids, fields }, who);
const textsOf = (record: Body, kind: string) =>
  (record['points'] as { kind: string; value: string }[])
    .filter((point) => point.kind === kind)
    .map(({ value }) => value);
const indexed = () =>
  expect.poll(async () => (await ok('GET', '/search?q=x'))['isUpToDate'], { timeout: 15_000, interval: 30 }).toBe(true);

test('who is typed in is found where they are already, with the reasons, by those who may see them', async () => {
  await contact({ name: 'Robert Featherstone', emails: [{ value: 'rf@acme.example' }] });
  await contact({ name: 'Robert Featherstone-Secret', emails: [{ value: 'rf2@acme.example' }], private: true });
  await indexed();
  const like = async (query: string, who = ana) => {
    const { items } = await ok('GET', `/duplicates?noun=contact&${query}`, undefined, who);
    return (items as { title: string; reasons: { what: string; how: string }[] }[]).map(({ title, reasons }) => ({
      title,
      reasons: reasons.map(({ what, how }) => `${what} ${how}`),
    }));
  };
  expect((await like('name=Bob%20Featherstone&email=rf@acme.example', ben))[0]).toEqual({
    title: 'Robert Featherstone',
    reasons: ['name nickname', 'email same'],
  });
  const query = 'name=Featherstone-Secret;Robert&email=rf2@acme.example';
  expect((await like(query)).map(({ title }) => title)).toContain('Robert Featherstone-Secret');
  expect(JSON.stringify(await like(query, ben))).not.toContain('Secret');
  expect(await like('name=Somebody%20Else')).toEqual([]);
});

test('a merge keeps everything, takes along who names it, leads on, and is taken back as one step', async () => {
  const acme = await company({ name: 'Acme' });
  const twin = await company({ name: 'ACME Ltd', website: 'https://acme.example' });
  const worker = await contact({ name: 'Cleo Ferro', companies: [{ id: twin, role: 'CEO' }] });
  const deal = String((await ok('POST', '/deals', { board, title: 'Fridges', company: twin }))['id']);
  // A deal that somebody else leads, with this company beside it.
  const { hub } = await server.services.host.open(id);
  const joint = String((await ok('POST', '/deals', { board, title: 'Joint' }))['id']);
  await hub.transact(`board/${board}`, { actor: ben.memberId, via: 'live' }, (doc) => {
    applyPatch(doc, [{ root: 'cards', id: joint, set: { [`link:${twin}`]: { noun: 'company', role: 'Partner' } } }]);
  });
  const linkedDeals = async (of: string) =>
    ((await ok('GET', `/deals?linked=${of}`))['items'] as { id: string }[]).map((each) => each.id).sort();
  const daughter = await company({ name: 'Acme Nord', parent: twin });
  await ok('POST', `/companies/${twin}/timeline`, { kind: 'call', text: 'Asked for a price' });

  const { id: into, merged } = await merge('company', acme, [twin], { name: twin });
  expect([into, merged]).toEqual([acme, [twin]]);
  const after = await get('companies', acme);
  expect([after['name'], after['website']]).toEqual(['ACME Ltd', 'https://acme.example']);
  expect((await get('companies', twin))['mergedInto']).toBe(acme);
  expect((await get('contacts', worker))['links']).toMatchObject([{ id: acme, role: 'CEO', primary: true }]);
  expect((await ok('GET', `/deals/${deal}`))['company']).toBe(acme);
  expect((await get('companies', daughter))['parent']).toBe(acme);
  expect(await linkedDeals(acme)).toEqual([deal, joint].sort());
  expect(JSON.stringify(await ok('GET', `/companies/${acme}/timeline`))).toContain('Asked for a price');
  const past = (await ok('GET', `/activity?record=${acme}&raw=1`))['items'] as { kind: string; title: string }[];
  expect(past.filter(({ kind }) => kind === 'created').map(({ title }) => title)).toEqual(['ACME Ltd', 'Acme']);
  const listed = (await ok('GET', '/companies?q=acme'))['items'] as { id: string }[];
  expect(listed.some((each) => each.id === twin)).toBe(false);

  expect(await ok('POST', '/merges/undo', { noun: 'company', ids: [twin] })).toEqual({ restored: [twin] });
  const restored = await get('companies', acme);
  expect([restored['name'], restored['website']]).toEqual(['Acme', null]);
  expect((await get('companies', twin))['mergedInto']).toBeNull();
  expect((await get('contacts', worker))['links']).toMatchObject([{ id: twin, role: 'CEO' }]);
  expect((await ok('GET', `/deals/${deal}`))['company']).toBe(twin);
  expect([await linkedDeals(acme), await linkedDeals(twin)]).toEqual([[], [deal, joint].sort()]);
  const again = await ana.call('POST', `${path}/merges/undo`, { noun: 'company', ids: [twin] });
  expect([again.status, again.body.error?.code]).toEqual([409, 'conflict']);
});

test('fields of the workspace’s own that name it name the survivor, of every noun, as the same step; hidden ones are left', async () => {
  const [stays, goes] = [await company({ name: 'Nordwind' }), await company({ name: 'Nord Wind' })];
  const leads = String((await ok('POST', '/boards', { name: 'Inbox', kind: 'leads' }))['id']);
  const plural = { deal: 'deals', lead: 'leads', contact: 'contacts', company: 'companies' } as const;
  const own = {
    deal: { board, title: 'D' },
    lead: { board: leads, name: 'L' },
    contact: { name: 'C' },
    company: { name: 'F' },
  };
  const named: { at: string; key: string }[] = [];
  for (const noun of ['deal', 'lead', 'contact', 'company'] as const) {
    const field = await ok('POST', '/fields', { noun, type: 'reference', of: 'company', label: `Agency of ${noun}` });
    const other = await ok('POST', '/fields', { noun, type: 'text', label: `Text of ${noun}` });
    const custom = { [String(field['key'])]: goes, [String(other['key'])]: goes };
    const made = await ok('POST', `/${plural[noun]}`, { ...own[noun], custom });
    named.push({ at: `/${plural[noun]}/${String(made['id'])}`, key: String(field['key']) });
    // Removed for now, it must be right when it comes back.
    if (noun === 'lead') await ok('DELETE', `/fields/${String(field['id'])}`);
  }
  const secretField = named[2]?.key ?? '';
  const secret = await contact({ name: 'Hidden', private: true, custom: { [secretField]: goes } });
  const valuesOf = async () => {
    const found = [];
    for (const { at, key } of named) found.push(((await ok('GET', at))['custom'] as Body)[key]);
    return found;
  };
  const texts = async () =>
    JSON.stringify(await Promise.all(named.map(({ at }) => ok('GET', at)))).split(goes).length - 1;
  const before = await valuesOf();
  const reply = await merge('company', stays, [goes], {}, ben);
  expect(reply).toEqual({ id: stays, merged: [goes] });
  expect(await valuesOf()).toEqual([stays, stays, stays, stays]);
  // A text that happens to be such an id is none of a merge's business.
  expect(await texts()).toBe(4);
  // Ben may not see this one: nothing of it is written in his name.
  expect((await get('contacts', secret))['custom']).toEqual({ [secretField]: goes });
  const told = await ok('GET', `/activity?record=${secret}&raw=1`);
  expect((told['items'] as Body[]).some((each) => each['actor'] === ben.memberId)).toBe(false);
  await ok('POST', '/merges/undo', { noun: 'company', ids: [goes] }, ben);
  expect(await valuesOf()).toEqual(before);
});

test('who still names it, as the one who merged may not see them, is shown and found as naming the survivor', async () => {
  const [first, second, third] = [
    await company({ name: 'Weser' }),
    await company({ name: 'Weser GmbH' }),
    await company({ name: 'Weser Group' }),
  ];
  const secret = String((await ok('POST', '/boards', { name: 'Secret', kind: 'deals' }))['id']);
  await ok('PUT', `/shares/${secret}`, { kind: 'restricted', grants: [] });
  const onDeals = String(
    (await ok('POST', '/fields', { noun: 'deal', type: 'reference', of: 'company', label: 'Via' }))['key'],
  );
  const onContacts = String(
    (await ok('POST', '/fields', { noun: 'contact', type: 'reference', of: 'company', label: 'Via' }))['key'],
  );
  const hidden = String(
    (await ok('POST', '/deals', { board: secret, title: 'Hidden', company: first, custom: { [onDeals]: first } }))[
      'id'
    ],
  );
  const open = String(
    (await ok('POST', '/deals', { board, title: 'Open', company: first, custom: { [onDeals]: first } }))['id'],
  );
  const person = await contact({
    name: 'Hidden P',
    private: true,
    companies: [{ id: first }],
    custom: { [onContacts]: first },
  });
  await merge('company', second, [first], {}, ben);
  await merge('company', third, [second], {}, ben);
  const [stored, moved] = [await ok('GET', `/deals/${hidden}`), await ok('GET', `/deals/${open}`)];
  expect([stored['company'], (stored['custom'] as Body)[onDeals]]).toEqual([first, first]);
  expect([moved['company'], (moved['custom'] as Body)[onDeals]]).toEqual([third, third]);
  expect(stored['companyName']).toBe('Weser Group');

  const ids = (reply: Body) => (reply['items'] as { id: string }[]).map((each) => each.id).sort();
  const both = [hidden, open].sort();
  for (const which of [first, second, third]) {
    expect(ids(await ok('GET', `/deals?company=${which}`))).toEqual(both);
    expect(ids(await ok('GET', `/contacts?company=${which}`))).toEqual([person]);
  }
  expect(ids(await ok('GET', `/deals?company=${third}`, undefined, ben))).toEqual([open]);
  for (const [plural, key, wanted] of [
    ['deals', onDeals, both],
    ['deals', 'company', both],
    ['contacts', onContacts, [person]],
    ['contacts', 'company', [person]],
  ] as const) {
    const where = { match: 'all', of: [{ field: key, op: 'is', values: ['Weser Group'] }] };
    const asked = `where=${encodeURIComponent(JSON.stringify(where))}`;
    const rows = await ok('GET', `/tables/${plural}/rows?${asked}`);
    expect([plural, key, ids(rows)]).toEqual([plural, key, wanted]);
    expect((rows['items'] as { values: Body }[]).map(({ values }) => values[key])).toEqual(wanted.map(() => third));
    expect(rows['names']).toMatchObject({ [third]: 'Weser Group' });
    const summary = await ok('GET', `/tables/${plural}/summary?group=${key}&${asked}`);
    expect(summary['groups']).toMatchObject([{ value: third, count: wanted.length }]);
    const grouped = await ok('GET', `/tables/${plural}/rows?group=${key}&sort=${key}&${asked}`);
    expect(ids(grouped)).toEqual(wanted);
    const csv = await ok('GET', `/tables/${plural}/export?format=csv&columns=${key}&${asked}`);
    expect(String(csv['text']).split('Weser Group').length - 1).toBe(wanted.length);
  }
  const report = await ok('GET', `/reports/value-by?dimension=${onDeals}`);
  const rows = report['rows'] as {
    value: string;
    name: string;
    count: number;
    drill: { path: string; query: Record<string, string> };
  }[];
  const row = rows.find(({ value }) => value === third);
  expect(row).toMatchObject({ name: 'Weser Group', count: 2 });
  expect(rows.some(({ value }) => value === first)).toBe(false);
  const drill = await ok(
    'GET',
    `${row?.drill.path.replace(path, '') ?? ''}?${new URLSearchParams(row?.drill.query ?? {}).toString()}`,
  );
  expect(ids(drill)).toEqual(both);
  expect((await ok('GET', `/records/names?ids=${first}`))['items']).toEqual({
    [first]: { noun: 'company', name: 'Weser Group' },
  });
  const database = new Sqlite(join(server.dataDir, 'workspaces', `${id}.sqlite`), { readonly: true });
  const lines = [...cardsCsv(database, new Map(), { type: dealType, rows: dealRows, board: 'Pipeline' })].join('');
  database.close();
  expect(
    lines
      .split('\r\n')
      .find((line) => line.startsWith(hidden))
      ?.split('Weser Group').length,
  ).toBe(3);
});

test('what somebody writes into the record that went lands in the one that is left, as theirs', async () => {
  const [one, two] = [await contact({ name: 'Dina Haddad' }), await contact({ name: 'Dina Hadad' })];
  await merge('contact', one, [two]);
  // As a colleague who was offline comes back: with what they changed in their own copy.
  const { hub } = await server.services.host.open(id);
  await hub.transact(`contact/${two}`, { actor: ben.memberId, via: 'offline' }, (doc) => {
    applyPatch(doc, [
      { root: 'fields', id: '', set: { jobTitle: 'Head of Logistics' } },
      {
        root: 'points',
        id: '',
        set: { [server.services.newId()]: { kind: 'email', type: '', value: 'dina@x.example' } },
      },
      {
        root: 'timeline',
        id: server.services.newId(),
        create: true,
        set: { kind: 'note', at: 1, text: 'Met on a train' },
      },
    ]);
  });
  await expect
    .poll(async () => (await get('contacts', one))['jobTitle'], { timeout: 10_000 })
    .toBe('Head of Logistics');
  expect(textsOf(await get('contacts', one), 'email')).toEqual(['dina@x.example']);
  expect(JSON.stringify(await ok('GET', `/contacts/${one}/timeline`))).toContain('Met on a train');
  const activity = (await ok('GET', `/activity?record=${one}&raw=1`))['items'] as { field?: string; actor: string }[];
  expect(activity.find(({ field }) => field === 'jobTitle')?.actor).toBe(ben.memberId);
});

test('two people who merge overlapping pairs at once end with one record that has everything', async () => {
  const make = (n: number) => contact({ name: `Emil Vogt ${n}`, emails: [{ value: `emil${n}@x.example` }] });
  const [a, b, c] = [await make(1), await make(2), await make(3)];
  const replies = await Promise.all([
    ana.call('POST', `${path}/merges`, { noun: 'contact', into: a, ids: [b] }),
    ben.call('POST', `${path}/merges`, { noun: 'contact', into: b, ids: [c] }),
    ben.call('POST', `${path}/merges`, { noun: 'contact', into: c, ids: [a] }),
  ]);
  // Whoever came second to a record that had just gone is told, and looks again.
  for (const { status } of replies) expect([200, 409]).toContain(status);
  await ana.call('POST', `${path}/merges`, { noun: 'contact', into: a, ids: [b, c] });
  const records = await Promise.all([a, b, c].map((each) => get('contacts', each)));
  const left = records.filter((record) => record['mergedInto'] === null);
  expect(left).toHaveLength(1);
  const emails = [...textsOf(left[0] ?? {}, 'email')].sort();
  expect(emails).toEqual(['emil1@x.example', 'emil2@x.example', 'emil3@x.example']);
});

test('nobody merges what they may not edit, or learns that it is there', async () => {
  const open = await contact({ name: 'Ida Open' });
  const hidden = await contact({ name: 'Ida Hidden', private: true });
  const viewer = await joinAs(server, ana, path, 'Vera', 'viewer');
  const ask = async (who: Person, ids: string[]) =>
    (await who.call('POST', `${path}/merges`, { noun: 'contact', into: open, ids })).status;
  expect(await ask(ben, [hidden])).toBe(404);
  expect(await ask(ben, ['01HZZZZZZZZZZZZZZZZZZZZZZZ'])).toBe(404);
  expect(await ask(viewer, [hidden])).toBe(403);
  const preview = await ben.call('GET', `${path}/merges/preview?noun=contact&ids=${open},${hidden}`);
  expect([preview.status, JSON.stringify(preview.body).includes('Hidden')]).toEqual([404, false]);
  const dismissed = await ben.call('POST', `${path}/duplicates/dismissals`, { noun: 'contact', a: open, b: hidden });
  expect(dismissed.status).toBe(404);
});

test('pairs are suggested with reasons, without hidden ones, until they are merged or told to be two', async () => {
  const one = await contact({ name: 'Gunnar Lindqvist', emails: [{ value: 'gunnar@nord.example' }] });
  const two = await contact({ name: 'Lindqvist Gunnar', emails: [{ value: 'gunnar@nord.example' }] });
  const secret = await contact({ name: 'Gunnar Lindqvist', emails: [{ value: 'gunnar@nord.example' }], private: true });
  await ok('POST', '/duplicates/suggestions', { noun: 'contact' });
  const suggested = async (who = ana) => {
    const { items, isLooking } = await ok('GET', '/duplicates/suggestions?noun=contact&limit=100', undefined, who);
    return {
      isLooking,
      items: items as { a: { id: string }; b: { id: string }; reasons: { what: string; how: string }[] }[],
    };
  };
  await expect.poll(async () => (await suggested()).isLooking, { timeout: 20_000 }).toBe(false);
  const pairsOf = async (who = ana) =>
    (await suggested(who)).items
      .map(({ a, b }) => [a.id, b.id].sort().join(' '))
      .filter((pair) => [one, two, secret].some((each) => pair.includes(each)));
  const pair = [one, two].sort().join(' ');
  expect((await pairsOf()).length).toBe(3);
  expect(await pairsOf(ben)).toEqual([pair]);
  const found = (await suggested(ben)).items.find(({ a, b }) => [a.id, b.id].sort().join(' ') === pair);
  expect(found?.reasons.map(({ what, how }) => `${what} ${how}`)).toEqual(['name swapped', 'email same']);

  await ok('POST', '/duplicates/dismissals', { noun: 'contact', a: two, b: one }, ben);
  expect(await pairsOf(ben)).toEqual([]);
  await ok('DELETE', `/duplicates/dismissals/${one}/${two}`, undefined, ben);
  expect(await pairsOf(ben)).toEqual([pair]);
  await ok('PUT', '/duplicates/threshold', { noun: 'contact', threshold: 0.99 });
  expect((await ben.call('PUT', `${path}/duplicates/threshold`, { noun: 'contact', threshold: 0.5 })).status).toBe(403);
  await ok('PUT', '/duplicates/threshold', { noun: 'contact', threshold: 0.5 });
  await merge('contact', one, [two]);
  expect(await pairsOf(ben)).toEqual([]);
});
