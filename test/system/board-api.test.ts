import { laneOf } from '@rapport/domain/deals/board';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  caller,
  joinAs,
  makeKey,
  makeWorkspace,
  openServer,
  signUp,
  type Person,
  type Reply,
  type TestServer,
} from './server-fixture.ts';
import { stockClient, until, type StockClient } from './stock-client.ts';

let server: TestServer;
let ana: Person;
let workspace: { id: string; path: string };
let key: { id: string; key: string };
let program: Person['call'];
/** Ids of three people whom deals may belong to. */
let owners: readonly string[];
const clients: StockClient[] = [];

beforeAll(async () => {
  server = await openServer({ env: { LIMIT_REQUESTS_PER_SECOND: '100000', LIMIT_REQUEST_BURST: '100000' } });
  ana = await signUp(server, 'Ana');
  workspace = await makeWorkspace(ana);
  owners = server.services.members.ensurePending(workspace.id, ['Bo', 'Cy', 'Di']).map(({ id }) => id);
  key = await makeKey(ana, workspace.path, 'member');
  program = caller(server, { authorization: `Bearer ${key.key}` });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await server.stop();
});

interface Board {
  readonly id: string;
  readonly doc: string;
  readonly stages: Record<string, string>;
}

const stageList = [{ name: 'Open' }, { name: 'Next' }, { name: 'Won', kind: 'won' }, { name: 'Lost', kind: 'lost' }];
async function makeBoard(name: string, stages: readonly object[] = stageList): Promise<Board> {
  const { status, body } = await ana.call('POST', `${workspace.path}/boards`, { name, stages });
  expect(status).toBe(201);
  const listed = body['stages'] as { id: string; name: string }[];
  return {
    id: String(body['id']),
    doc: String(body['doc']),
    stages: Object.fromEntries(listed.map((each) => [each.name, each.id])),
  };
}
const api = (method: string, path: string, body?: unknown): Promise<Reply> =>
  ana.call(method, workspace.path + path, body);
async function makeDeal(board: Board, title: string, more: object = {}): Promise<string> {
  const { status, body } = await api('POST', '/deals', { board: board.id, title, ...more });
  expect([status, body.error]).toEqual([201, undefined]);
  return String(body['id']);
}
async function connect(board: Board, token = key.key): Promise<StockClient> {
  const client = await stockClient(server.url, workspace.id, board.doc, token);
  clients.push(client);
  return client;
}
const fieldsOf = ({ status, body }: Reply) => [status, body.error?.code, body.error?.fields];
const lane = (client: StockClient, stageId: string) => laneOf(client.doc, stageId).map(({ id }) => id);

describe('boards and stages', () => {
  test('are made, read, changed and listed; a new workspace has one', async () => {
    const first = (await api('GET', '/boards')).body.items ?? [];
    expect(first[0]).toMatchObject({ name: 'New business', kind: 'deals', doc: expect.stringMatching(/^board\//) });
    const board = await makeBoard('Renewals');
    expect((await api('PATCH', `/boards/${board.id}`, { name: 'Upsell', currency: 'USD' })).body).toMatchObject({
      name: 'Upsell',
      currency: 'USD',
    });
    expect(fieldsOf(await api('PATCH', `/boards/${board.id}`, { currency: 'dollars' }))).toEqual([
      400,
      'invalid',
      { currency: expect.any(String) },
    ]);
    expect((await api('GET', '/boards?q=upse')).body.items?.map(({ id }) => id)).toEqual([board.id]);
    expect((await api('GET', `/boards/${board.id}`)).body['stages']).toHaveLength(4);
    expect((await api('GET', '/boards/none')).status).toBe(404);
    expect((await api('POST', '/boards', { name: 'D' })).body['stages']).toHaveLength(7);
  });

  test('stages are added, changed, reordered and deleted with their deals going where one says', async () => {
    const board = await makeBoard('Stages');
    const path = `/boards/${board.id}/stages`;
    const names = async () => ((await api('GET', path)).body.items ?? []).map((stage) => stage['name']);
    const added = await api('POST', path, { name: 'Demo', probability: 40, rotDays: 7, before: board.stages['Next'] });
    const id = String(added.body['id']);
    expect(added.body).toMatchObject({ name: 'Demo', kind: 'open', probability: 40, rotDays: 7 });
    expect(await names()).toEqual(['Open', 'Demo', 'Next', 'Won', 'Lost']);
    expect(
      (await api('PATCH', `${path}/${id}`, { name: 'Trial', colour: '3', before: board.stages['Open'] })).body,
    ).toMatchObject({ name: 'Trial', colour: '3' });
    expect(await names()).toEqual(['Trial', 'Open', 'Next', 'Won', 'Lost']);
    const deal = await makeDeal(board, 'In it', { stage: id });
    expect((await api('DELETE', `${path}/${id}`)).status).toBe(400);
    expect(fieldsOf(await api('DELETE', `${path}/${id}?to=${board.stages['Lost']}`))).toEqual([
      400,
      'invalid',
      { lostReason: expect.any(String) },
    ]);
    expect((await api('DELETE', `${path}/${id}?to=${board.stages['Next']}`)).status).toBe(204);
    expect((await api('GET', `/deals/${deal}`)).body['stage']).toBe(board.stages['Next']);
    expect((await api('DELETE', `${path}/${id}`)).status).toBe(400);
    expect(fieldsOf(await api('POST', path, { name: 'X', size: 3 }))).toEqual([
      400,
      'invalid',
      { size: 'is not a known field' },
    ]);
  });
});

describe('deals', () => {
  test('are created, read, changed and deleted, each field as it was given', async () => {
    const board = await makeBoard('CRUD');
    const values = {
      title: 'Acme',
      value: { minor: 123_450, currency: 'EUR' },
      company: 'Acme Inc',
      contact: 'Eva',
      owner: owners[1],
      expectedClose: '2026-12-31',
      nextActivity: { what: 'Call', due: '2026-12-01' },
      labels: ['hot', 'new'],
      source: 'Fair',
      description: 'Line 1\nLine 2',
    };
    const id = await makeDeal(board, 'Acme', values);
    const one = (await api('GET', `/deals/${id}`)).body;
    expect(one).toMatchObject({
      ...values,
      id,
      board: board.id,
      doc: board.doc,
      stage: board.stages['Open'],
      status: 'open',
      closedAt: null,
      deletedAt: null,
    });
    const emptied = await api('PATCH', `/deals/${id}`, {
      value: null,
      labels: null,
      title: 'Acme 2',
      nextActivity: null,
    });
    expect(emptied.body).toMatchObject({
      title: 'Acme 2',
      value: null,
      labels: [],
      nextActivity: null,
      company: 'Acme Inc',
    });
    expect((await api('DELETE', `/deals/${id}`)).status).toBe(204);
    for (const [method, body] of [['GET'], ['PATCH', {}], ['DELETE']] as const)
      expect((await api(method, `/deals/${id}`, body)).status).toBe(404);
    expect((await api('GET', `/deals?board=${board.id}`)).body['total']).toBe(0);
  });

  test.each<[string, object, Record<string, unknown>]>([
    ['no title', { title: undefined }, { title: expect.any(String) }],
    ['an empty title', { title: '' }, { title: expect.any(String) }],
    ['an unknown field', { titel: 'x' }, { titel: 'is not a known field' }],
    ['an unknown custom field', { custom: { shoe: 42 } }, { shoe: 'is not a field of a deal' }],
    ['half a cent', { value: { minor: 0.5, currency: 'EUR' } }, { 'value.minor': expect.any(String) }],
    ['a date that is none', { expectedClose: '2026-02-30' }, { expectedClose: expect.any(String) }],
    ['text for a list', { labels: 'hot' }, { labels: expect.any(String) }],
    ['a stage that is not there', { stage: 'nowhere' }, { stage: 'does not exist' }],
    ['a board that is not there', { board: 'none' }, { board: 'does not exist' }],
    ['a title that is too long', { title: 'x'.repeat(301) }, { title: expect.any(String) }],
  ])('%s is refused by name, and nothing is written', async (_what, more, fields) => {
    const board = await makeBoard('Refusals');
    const reply = await api('POST', '/deals', { board: board.id, title: 'T', ...more });
    expect(fieldsOf(reply)).toEqual([400, 'invalid', fields]);
    expect((await api('GET', `/deals?board=${board.id}`)).body['total']).toBe(0);
  });

  test('a move is the same as a drag, and every client sees it', async () => {
    const board = await makeBoard('Moves');
    const [a, b, c] = [await makeDeal(board, 'A'), await makeDeal(board, 'B'), await makeDeal(board, 'C')];
    const client = await connect(board);
    const { Open = '', Next = '', Won = '', Lost = '' } = board.stages;
    expect(lane(client, Open)).toEqual([a, b, c]);
    const moved = (id: string, body: object) => api('POST', `/deals/${id}/move`, body);
    await moved(c, { stage: Open, before: a });
    await until(() => lane(client, Open).join() === [c, a, b].join());
    await moved(c, { stage: Open, after: a });
    await until(() => lane(client, Open).join() === [a, c, b].join());
    await moved(a, { stage: Next });
    expect((await moved(b, { stage: Next, before: a })).body).toMatchObject({ stage: Next, status: 'open' });
    await until(() => lane(client, Next).join() === [b, a].join());
    expect((await moved(a, { stage: Won, closedAt: 1_700_000_000_000 })).body).toMatchObject({
      status: 'won',
      closedAt: 1_700_000_000_000,
    });
    expect(fieldsOf(await moved(b, { stage: Lost }))).toEqual([400, 'invalid', { lostReason: expect.any(String) }]);
    expect((await moved(b, { stage: Lost, lostReason: 'Price' })).body).toMatchObject({
      status: 'lost',
      lostReason: 'Price',
      closedAt: expect.any(Number),
    });
    expect((await moved(b, { stage: Open })).body).toMatchObject({ status: 'open', lostReason: null, closedAt: null });
    await api('PATCH', `/boards/${board.id}/stages/${Next}`, { required: ['owner'] });
    expect(fieldsOf(await moved(c, { stage: Next }))).toEqual([400, 'invalid', { owner: expect.any(String) }]);
    expect((await moved(c, { stage: Next, values: { owner: owners[1] } })).body).toMatchObject({
      stage: Next,
      owner: owners[1],
    });
    expect((await moved(c, { stage: 'nowhere' })).status).toBe(400);
    expect((await moved('ghost', { stage: Open })).status).toBe(404);
    // And the other way round: what a client drags is what the API answers.
    client.card(c).set('place', [Won, 'V']);
    await until(async () => (await api('GET', `/deals/${c}`)).body['status'] === 'won');
  });

  test('deals go to another pipeline, all or none, with their ids and their history', async () => {
    const [from, to] = [await makeBoard('From'), await makeBoard('To')];
    const ids = [await makeDeal(from, 'A', { owner: owners[1] }), await makeDeal(from, 'B')];
    const client = await connect(to);
    const transfer = (body: object) =>
      api('POST', '/deals/transfer', { ids, board: to.id, stage: to.stages['Next'], ...body });
    expect((await transfer({ ids: [...ids, 'ghost'] })).status).toBe(404);
    expect(fieldsOf(await transfer({ stage: to.stages['Lost'] }))).toEqual([
      400,
      'invalid',
      { lostReason: expect.any(String) },
    ]);
    expect((await api('GET', `/deals?board=${from.id}`)).body['total']).toBe(2);
    expect((await transfer({})).body).toEqual({ moved: 2 });
    await until(() => lane(client, to.stages['Next'] ?? '').join() === ids.join());
    expect((await api('GET', `/deals?board=${from.id}`)).body['total']).toBe(0);
    expect((await api('GET', `/deals/${ids[0]}`)).body).toMatchObject({
      board: to.id,
      doc: to.doc,
      owner: owners[1],
      title: 'A',
    });
    const told = (await api('GET', `/activity?record=${ids[0]}`)).body.items ?? [];
    expect(told.map((each) => [each['kind'], each['field']])).toEqual([
      ['moved', 'board'],
      ['created', 'stage'],
    ]);
  });

  test('what a program does is told with its key, and is live for the others', async () => {
    const board = await makeBoard('Agents');
    const client = await connect(board);
    const { body } = await program('POST', `${workspace.path}/deals`, { board: board.id, title: 'By a program' });
    const id = String(body['id']);
    await until(() => client.doc.getMap('cards').has(id));
    client.card(id).set('title', 'By sync');
    await until(async () => (await api('GET', `/deals/${id}`)).body['title'] === 'By sync');
    const me = (await ana.call('GET', `${workspace.path}/me`)).body['id'];
    const told = (await api('GET', `/activity?record=${id}&raw=1`)).body.items ?? [];
    expect(told.map((each) => [each['kind'], each['actor'], each['agent']])).toEqual([
      ['changed', me, key.id],
      ['created', me, key.id],
    ]);
    await api('PATCH', `/deals/${id}`, { owner: owners[1] });
    expect((await api('GET', `/activity?record=${id}&raw=1`)).body.items?.[0]).toMatchObject({
      actor: me,
      agent: null,
      field: 'owner',
    });
  });

  test('a repeated request with one Idempotency-Key makes one deal', async () => {
    const board = await makeBoard('Once');
    const make = () =>
      program('POST', `${workspace.path}/deals`, { board: board.id, title: 'Once' }, { 'idempotency-key': 'deal-1' });
    const [one, two] = await Promise.all([make(), make()]);
    expect([one.status, two.body, (await make()).body]).toEqual([201, one.body, one.body]);
    expect((await api('GET', `/deals?board=${board.id}`)).body['total']).toBe(1);
  });
});

describe('the list', () => {
  const day = 86_400_000;
  let board: Board;
  let all: Record<string, unknown>[];

  beforeAll(async () => {
    board = await makeBoard('List');
    const { Open, Next, Won, Lost } = board.stages;
    for (let i = 0; i < 40; i++)
      await makeDeal(board, ['beta', 'Alpha', 'beta', 'Über', 'gamma 100%', "O'Hara"][i % 6] ?? '', {
        stage: [Open, Next, Won, Lost][i % 4],
        ...(i % 3 === 0 ? {} : { value: { minor: (i % 5) * 100, currency: 'EUR' } }),
        ...(i % 4 === 3 ? { lostReason: 'Price' } : {}),
        ...(i % 2 === 0 ? {} : { owner: owners[i % 3], company: `C${i % 4}` }),
        ...(i % 5 === 0 ? { expectedClose: `2026-0${1 + (i % 9)}-01` } : {}),
        createdAt: 1_700_000_000_000 + (i % 7) * day,
      });
    all = (await api('GET', `/deals?board=${board.id}&limit=500`)).body.items ?? [];
    expect(all).toHaveLength(40);
  });

  test.each<[string, (deal: Record<string, unknown>) => boolean]>([
    ['status=open', (deal) => deal['status'] === 'open'],
    ['status=lost', (deal) => deal['status'] === 'lost'],
    ['owner=$1', (deal) => deal['owner'] === owners[1]],
    ['company=C3', (deal) => deal['company'] === 'C3'],
    ['q=alph', (deal) => deal['title'] === 'Alpha'],
    ['q=0%25', (deal) => String(deal['title']).includes('0%')],
    ['q=_', () => false],
    ["q=o'h", (deal) => deal['title'] === "O'Hara"],
    ['status=won&owner=$2', (deal) => deal['status'] === 'won' && deal['owner'] === owners[2]],
  ])('is filtered by %s', async (filter, fits) => {
    const { body } = await api(
      'GET',
      `/deals?board=${board.id}&limit=500&${filter.replace(/\$(\d)/, (_all, at) => owners[Number(at)] ?? '')}`,
    );
    const expected = all.filter(fits).map(({ id }) => id);
    expect([body.items?.map(({ id }) => id), body['total']]).toEqual([expected, expected.length]);
  });

  test('[BL1] pages put together are the whole, each deal once, in order, with ties and empty values', async () => {
    const names = ['title', 'value', 'company', 'owner', 'expectedClose', 'createdAt', 'closedAt', 'rank', 'id'];
    const orders = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.boolean()), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 17 }), async (order, limit) => {
        const sort = order.map(([name, down]) => (down ? `-${name}` : name)).join(',');
        const path = `/deals?board=${board.id}&sort=${sort}`;
        const whole = (await api('GET', `${path}&limit=500`)).body.items?.map(({ id }) => id);
        const paged: unknown[] = [];
        for (let cursor = ''; ;) {
          const { body } = await api('GET', `${path}&limit=${limit}${cursor}`);
          paged.push(...(body.items ?? []).map(({ id }) => id));
          expect(body['total']).toBe(40);
          if (body['nextCursor'] === null) break;
          cursor = `&cursor=${String(body['nextCursor'])}`;
        }
        expect(paged).toEqual(whole);
        expect(new Set(paged).size).toBe(40);
      }),
      { numRuns: 25 },
    );
  });

  test('sorts by what it says, and refuses what it does not know', async () => {
    const { body } = await api('GET', `/deals?board=${board.id}&sort=-value,title&limit=500`);
    const values = body.items?.map(({ value }) => (value as { minor: number } | null)?.minor ?? -1) ?? [];
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(fieldsOf(await api('GET', '/deals?sort=colour'))).toEqual([400, 'invalid', { sort: expect.any(String) }]);
    for (const cursor of ['x', 'W10', 'bnVsbA', 'WzEsMl0'])
      expect((await api('GET', `/deals?cursor=${cursor}`)).status).toBe(400);
    expect((await api('GET', '/deals?limit=501')).status).toBe(400);
    expect(fieldsOf(await api('GET', '/deals?stge=x'))).toEqual([400, 'invalid', { stge: 'is not a known field' }]);
  });
});

describe('who may', () => {
  test('viewers read and cannot write, neither over the API nor by sync', async () => {
    const board = await makeBoard('Viewed');
    const id = await makeDeal(board, 'Kept');
    const viewer = await joinAs(server, ana, workspace.path, 'Vera', 'viewer');
    const viewed = (method: string, path: string, body?: unknown) => viewer.call(method, workspace.path + path, body);
    expect((await viewed('GET', `/deals/${id}`)).body['title']).toBe('Kept');
    expect((await viewed('GET', '/data-quality')).status).toBe(200);
    const { Next } = board.stages;
    const writes: [string, string, unknown?][] = [
      ['POST', '/boards', { name: 'X' }],
      ['PATCH', `/boards/${board.id}`, { name: 'X' }],
      ['POST', `/boards/${board.id}/stages`, { name: 'X' }],
      ['PATCH', `/boards/${board.id}/stages/${Next}`, { name: 'X' }],
      ['DELETE', `/boards/${board.id}/stages/${Next}`],
      ['POST', '/deals', { board: board.id, title: 'X' }],
      ['PATCH', `/deals/${id}`, { title: 'X' }],
      ['POST', `/deals/${id}/move`, { stage: Next }],
      ['POST', '/deals/transfer', { ids: [id], board: board.id, stage: Next }],
      ['DELETE', `/deals/${id}`],
      // Permission comes before existence, and before what is wrong with the request.
      ['PATCH', '/deals/ghost', { nonsense: 1 }],
      ['DELETE', '/deals/ghost'],
    ];
    for (const [method, path, body] of writes)
      expect([method, path, ...fieldsOf(await viewed(method, path, body))]).toEqual([
        method,
        path,
        403,
        'forbidden',
        undefined,
      ]);
    const viewerKey = await makeKey(viewer, workspace.path, 'viewer');
    const [reader, writer] = [await connect(board, viewerKey.key), await connect(board)];
    reader.card(id).set('title', 'Painted over');
    reader.doc.getMap('cards').set('mine', 'x');
    writer.card(id).set('owner', 'm9');
    await until(() => reader.card(id).get('owner') === 'm9');
    expect(writer.card(id).get('title')).toBe('Kept');
    expect((await api('GET', `/deals/${id}`)).body).toMatchObject({ title: 'Kept', owner: 'm9' });
  });

  test('strangers hear the same of a deal that is there and of one that is not', async () => {
    const board = await makeBoard('Closed');
    const id = await makeDeal(board, 'Secret');
    const stranger = await signUp(server, 'Strange');
    const replies = await Promise.all(
      [id, 'ghost'].map((each) => stranger.call('GET', `${workspace.path}/deals/${each}`)),
    );
    expect(replies.map(({ status }) => status)).toEqual([403, 403]);
    expect(replies[0]?.body).toEqual(replies[1]?.body);
    expect((await caller(server)('GET', `${workspace.path}/deals/${id}`)).status).toBe(401);
  });

  test('all of it is in the API’s own description', async () => {
    const { body } = await caller(server)('GET', '/api/v1/openapi.json');
    const paths = body['paths'] as Record<string, Record<string, unknown>>;
    const calls = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(calls).toEqual(
      expect.arrayContaining([
        'get /w/{ws}/boards',
        'delete /w/{ws}/boards/{id}/stages/{stage}',
        'post /w/{ws}/deals',
        'post /w/{ws}/deals/transfer',
        'post /w/{ws}/deals/{id}/move',
        'get /w/{ws}/data-quality',
      ]),
    );
  });
});
