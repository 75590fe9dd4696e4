import { join } from 'node:path';
import { applyPatch } from '@rapport/doc/patch';
import type { Hub } from '@rapport/sync/server/ports';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nouns } from '../../apps/server/src/registry.ts';
import { makeOpenHub } from '../../apps/server/src/workspaces/open-hub.ts';
import { callsIn } from './calls-in.ts';
import { joinAs, makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

type Joined = Person & { memberId: string };

let server: TestServer;
let ana: Person;
let mia: Joined;
let jan: Joined;
let vic: Joined;
let path: string;
let board: string;
let inbox: string;

const { call, items } = callsIn(
  () => path,
  () => ana,
);
const lead = (values: object = {}) => call(ana, 'POST', '/leads', { name: 'Somebody', board, ...values });
const rules = (rest: object) => call(ana, 'PUT', `${inbox}/assignment`, rest);
const ways = (way: string, ...members: readonly string[]) => ({ way, members });
const until = async <T>(look: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> => {
  for (let tries = 0; ; tries++) {
    const found = await look();
    if (isThere(found)) return found;
    if (tries > 200) throw new Error(`never came: ${JSON.stringify(found)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

/** A card as a browser writes it, without the API of leads. */
const addByHand = (hub: Pick<Hub, 'transact'>, id: string) =>
  hub.transact(`board/${board}`, { actor: mia.memberId, via: 'live' }, (doc) => {
    const place = [[...doc.getMap('stages').keys()][0] ?? '', 'V'];
    applyPatch(doc, [{ root: 'cards', id, create: true, set: { title: 'By hand', place, createdAt: Date.now() } }]);
  });

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  ({ path } = await makeWorkspace(ana));
  mia = await joinAs(server, ana, path, 'Mia', 'member');
  jan = await joinAs(server, ana, path, 'Jan', 'member');
  vic = await joinAs(server, ana, path, 'Vic', 'viewer');
});
afterAll(() => server.stop());
beforeEach(async () => {
  board = String((await call(ana, 'POST', '/boards', { name: 'Inbox', kind: 'leads' }))['id']);
  inbox = `/boards/${board}`;
});

describe('who gets a lead', () => {
  test('by the first rule that it meets; it says why, and history says that it was the rule', async () => {
    const asked = { match: 'all', of: [{ field: 'country', op: 'is', values: ['DE'] }] };
    const saved = await rules({
      rules: [{ when: asked, to: ways('first', mia.memberId) }],
      otherwise: ways('roundRobin', mia.memberId, jan.memberId),
    });
    const [rule] = saved['rules'] as { id: string }[];
    const german = await lead({ country: 'de' });
    expect(german).toMatchObject({ owner: mia.memberId, assignedWhy: 'Country is DE → Mia' });
    expect(await lead()).toMatchObject({
      owner: mia.memberId,
      assignedWhy: 'Round robin among Mia and Jan: nobody was served yet, first is Mia',
    });
    expect(await lead()).toMatchObject({
      owner: jan.memberId,
      assignedWhy: 'Round robin among Mia and Jan: Mia was last served, next is Jan',
    });
    const told = await items(`/activity?record=${String(german['id'])}`);
    expect(told.find(({ field }) => field === 'owner')).toMatchObject({ actor: 'server', agent: `rule:${rule?.id}` });
  });

  test('who is away is passed by until they are back; oneself and admins say so, others do not', async () => {
    const away = (person: Person, to: string, awayUntil: unknown) =>
      person.call('PATCH', `${path}${to}`, { awayUntil });
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    await rules({ rules: [], otherwise: ways('roundRobin', mia.memberId, jan.memberId) });
    expect((await away(mia, '/me', day(3))).body).toMatchObject({ id: mia.memberId, awayUntil: day(3) });
    for (const bad of ['tomorrow', '2026-02-30', 5]) expect((await away(mia, '/me', bad)).status).toBe(400);
    expect((await away(jan, `/members/${mia.memberId}`, null)).status).toBe(403);
    expect((await items('/members')).find(({ id }) => id === mia.memberId)).toMatchObject({ awayUntil: day(3) });
    for (let at = 0; at < 2; at++) {
      const given = await lead();
      expect(given['owner']).toBe(jan.memberId);
      expect(given['assignedWhy']).toMatch(/(first|next) is Jan \(Mia is away until \w+ \d+, \d{4}\)$/);
    }
    expect((await away(ana, `/members/${jan.memberId}`, day(1))).status).toBe(200);
    expect(await lead()).toMatchObject({ owner: null });
    // A name alone leaves it as it is; a day that has gone by is over by itself.
    await call(mia, 'PATCH', '/me', { name: 'Mia' });
    expect((await call(mia, 'GET', '/me'))['awayUntil']).toBe(day(3));
    await away(mia, '/me', day(-1));
    expect(await lead()).toMatchObject({ owner: mia.memberId });
    await away(ana, `/members/${jan.memberId}`, null);
    expect(await lead()).toMatchObject({ owner: jan.memberId });
    await away(mia, '/me', null);
  });

  test('who owns it already keeps it, and who takes an owner away is not fought', async () => {
    await rules({ rules: [], otherwise: ways('first', mia.memberId) });
    expect(await lead({ owner: jan.memberId })).toMatchObject({ owner: jan.memberId, assignedWhy: null });
    const { id } = await lead();
    // Why it was Mia's is no reason for it to be Jan's.
    await call(ana, 'PATCH', `/leads/${String(id)}`, { owner: mia.memberId });
    expect(await call(ana, 'GET', `/leads/${String(id)}`)).toMatchObject({
      assignedWhy: 'No other rule is for it → Mia',
    });
    const given = await call(ana, 'PATCH', `/leads/${String(id)}`, { owner: jan.memberId });
    expect(given).toMatchObject({ owner: jan.memberId, assignedWhy: null });
    await call(ana, 'PATCH', `/leads/${String(id)}`, { owner: null });
    await lead();
    expect(await call(ana, 'GET', `/leads/${String(id)}`)).toMatchObject({ owner: null });
  });

  test('nobody who may not edit the board, has left or has not joined is chosen', async () => {
    await call(ana, 'PUT', `/shares/${board}`, {
      kind: 'restricted',
      grants: [
        { to: 'member', id: jan.memberId, level: 'edit' },
        { to: 'member', id: mia.memberId, level: 'view' },
      ],
    });
    await rules({
      rules: [
        { to: ways('roundRobin', vic.memberId, mia.memberId) },
        { to: ways('roundRobin', mia.memberId, jan.memberId) },
      ],
    });
    for (let nth = 0; nth < 2; nth++) expect(await lead()).toMatchObject({ owner: jan.memberId });
  });

  test('a team is its members at the moment of asking', async () => {
    const { id: team } = await call(ana, 'POST', '/teams', { name: 'Sales DACH', members: [mia.memberId] });
    await rules({ rules: [{ to: { way: 'roundRobin', teams: [team] } }] });
    expect(await lead()).toMatchObject({ owner: mia.memberId });
    await call(ana, 'PATCH', `/teams/${String(team)}`, { members: [jan.memberId] });
    expect(await lead()).toMatchObject({ owner: jan.memberId });
  });

  test('fewest open counts what is open now', async () => {
    await lead({ owner: mia.memberId });
    await rules({ rules: [{ to: ways('fewest', mia.memberId, jan.memberId) }] });
    expect(await lead()).toMatchObject({ owner: jan.memberId });
    expect(await lead()).toMatchObject({ assignedWhy: 'Fewest open leads among Mia and Jan: Mia has 1' });
  });

  test('leads that come at once go round fairly, and a restart goes on where it was', async () => {
    await rules({ rules: [{ to: ways('roundRobin', mia.memberId, jan.memberId) }] });
    const found = await Promise.all(Array.from({ length: 20 }, () => lead()));
    const byOwner = Map.groupBy(found, ({ owner }) => owner);
    expect([byOwner.get(mia.memberId)?.length, byOwner.get(jan.memberId)?.length]).toEqual([10, 10]);
    await lead();
    const opened = await server.services.host.open(path.split('/').at(-1) ?? '');
    await server.services.host.whileClosed(opened.id, () => Promise.resolve());
    expect(await lead()).toMatchObject({ owner: jan.memberId });
  });

  test('a lead that is made on the board, without the API for leads, is given out as well: once', async () => {
    await rules({ rules: [{ to: ways('first', jan.memberId) }] });
    const workspace = await server.services.host.open(path.split('/').at(-1) ?? '');
    const id = server.services.newId();
    await addByHand(workspace.hub, id);
    const given = await until(
      () => call(ana, 'GET', `/leads/${id}`),
      ({ owner }) => owner !== null,
    );
    expect(given).toMatchObject({ owner: jan.memberId, assignedWhy: 'Every lead → Jan' });
  });

  test('a lead that came when the server stopped is given out when it starts', async () => {
    await rules({ rules: [{ to: ways('first', jan.memberId) }] });
    const { host, config, log, now, newId } = server.services;
    const workspaceId = path.split('/').at(-1) ?? '';
    const id = newId();
    await host.whileClosed(workspaceId, async () => {
      // Nobody attends it: as if the server had stopped between the lead and its assignment.
      const openHub = makeOpenHub({ nouns, limits: config.syncLimits, now, log, onCommitTime: () => {} });
      const { hub, store } = await openHub(join(server.dataDir, 'workspaces', `${workspaceId}.sqlite`));
      await addByHand(hub, id);
      await hub.close();
      await store.close();
    });
    await until(
      () => call(ana, 'GET', `/leads/${id}`),
      ({ owner }) => owner === jan.memberId,
    );
  });

  test('without rules a lead is nobody’s, and rules that come later do not take old ones', async () => {
    const { id } = await lead();
    await rules({ rules: [{ to: ways('first', jan.memberId) }] });
    await lead();
    expect(await call(ana, 'GET', `/leads/${String(id)}`)).toMatchObject({ owner: null, assignedWhy: null });
  });

  test('it can be tried out without using up a turn', async () => {
    await rules({ rules: [{ to: ways('roundRobin', mia.memberId, jan.memberId) }] });
    for (let nth = 0; nth < 2; nth++)
      expect(await call(ana, 'POST', `${inbox}/assignment/try`, { values: { country: 'DE' } })).toMatchObject({
        owner: mia.memberId,
      });
  });

  test('rules are checked, and only who may edit the board changes them', async () => {
    const bad = { match: 'all', of: [{ field: 'nothing', op: 'is', values: ['x'] }] };
    for (const [rule, problem] of [
      [{ when: bad, to: ways('first', mia.memberId) }, 'not a field of leads'],
      [
        {
          when: { match: 'all', of: [{ field: 'country', op: 'gte', values: ['1'] }] },
          to: ways('first', mia.memberId),
        },
        'cannot compare',
      ],
      [{ to: ways('first', 'nobody') }, 'somebody who is not here'],
      [{ to: { way: 'first', teams: ['gone'] } }, 'a team that is not there'],
    ] as const) {
      const reply = await ana.call('PUT', `${path}${inbox}/assignment`, { rules: [rule] });
      expect([reply.status, reply.body.error?.message]).toEqual([400, expect.stringContaining(problem)]);
    }
    expect((await vic.call('PUT', `${path}${inbox}/assignment`, { rules: [] })).status).toBe(403);
    expect((await ana.call('GET', `${path}/boards/nowhere/assignment`)).status).toBe(404);
  });

  test('of an inbox that is not shared with somebody they hear nothing', async () => {
    await call(ana, 'PUT', `/shares/${board}`, {
      kind: 'restricted',
      grants: [{ to: 'member', id: mia.memberId, level: 'view' }],
    });
    for (const [method, rest] of [
      ['GET', 'assignment'],
      ['GET', 'score'],
      ['GET', 'known-companies'],
      ['POST', 'assignment/try'],
      ['PUT', 'assignment'],
    ] as const)
      expect([
        rest,
        (await jan.call(method, `${path}${inbox}/${rest}`, method === 'GET' ? undefined : { values: {}, rules: [] }))
          .status,
      ]).not.toEqual([rest, 200]);
    expect((await jan.call('GET', `${path}${inbox}/score`)).status).toBe(404);
    expect((await mia.call('PUT', `${path}${inbox}/assignment`, { rules: [] })).status).toBe(403);
  });
});

describe('the score of a lead', () => {
  test('comes with its reasons; lists are sorted and filtered by it', async () => {
    await call(ana, 'POST', '/companies', { name: 'Aune Seafood', domain: 'aune.example' });
    const strong = await lead({
      name: 'Helle',
      email: 'helle@aune.example',
      phone: '+47 555 01 274',
      companyName: 'AUNE seafood',
      value: { minor: 500_000, currency: 'EUR' },
      message: 'We need cold rooms. '.repeat(8),
    });
    const weak = await lead({ name: 'Per', email: 'per@gmail.com' });
    expect(strong['score']).toBe(90);
    expect(strong['scoreReasons']).toContainEqual({ text: 'Company is one that you have', points: 15 });
    expect(weak).toMatchObject({
      score: 20,
      scoreReasons: [
        { text: 'Has an e-mail', points: 10 },
        { text: 'Came within 7 days', points: 10 },
      ],
    });
    const ids = async (query: string) => (await items(`/leads?board=${board}&${query}`)).map(({ id }) => id);
    expect(await ids('sort=-score')).toEqual([strong['id'], weak['id']]);
    expect(await ids('sort=score')).toEqual([weak['id'], strong['id']]);
    expect(await ids('scoreFrom=70')).toEqual([strong['id']]);
    expect(await ids('scoreTo=69')).toEqual([weak['id']]);
    expect(await items(`${inbox}/known-companies`)).toEqual([strong['id']]);
    // As a table, too.
    const where = {
      match: 'all',
      of: [
        { field: 'score', op: 'gte', values: ['15'] },
        { field: 'inbox', op: 'is', values: ['Inbox'] },
      ],
    };
    const table = await call(
      ana,
      'GET',
      `/tables/leads/rows?${new URLSearchParams({ where: JSON.stringify(where), sort: '-score' })}`,
    );
    const rows = table['items'] as { id: string; values: { score: number } }[];
    const these = rows.filter(({ id }) => id === strong['id'] || id === weak['id']);
    expect(these.map(({ id, values }) => [id, values.score])).toEqual([
      [strong['id'], 90],
      [weak['id'], 20],
    ]);
  });

  test('follows its weights, which the board’s editors change', async () => {
    const made = await lead({ source: 'Fair', email: 'x@firm.example' });
    expect(made['score']).toBe(35);
    const saved = await call(ana, 'PUT', `${inbox}/score`, {
      weights: [
        { id: 'email', points: 0 },
        { id: 'recent', points: 40, number: 3 },
        { points: 30, field: 'source', op: 'is', value: 'fair' },
        { points: -100, field: 'country', op: 'empty' },
      ],
    });
    expect((saved['weights'] as { text: string }[]).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Came within 3 days', 'Source is fair', 'Country is empty']),
    );
    const now = await call(ana, 'GET', `/leads/${String(made['id'])}`);
    expect(now).toMatchObject({ score: 0 });
    expect((now['scoreReasons'] as { points: number }[]).reduce((sum, { points }) => sum + points, 0)).toBe(-15);
    expect((await vic.call('PUT', `${path}${inbox}/score`, { weights: [] })).status).toBe(403);
    expect((await ana.call('PUT', `${path}${inbox}/score`, { weights: [{ points: 5 }] })).status).toBe(400);
  });
});
