// One test a row of the public contract: what other programs rely on, tried as they do, from outside. Over 150 lines
// because the contract is one list, and a row that is missing here should be missed.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  callerOf,
  cookieOf,
  person,
  runServer,
  startOutside,
  type Answer,
  type Call,
  type OutsideServer,
} from './outside-server.ts';

const api = '/api/v1';
let server: OutsideServer;
let anybody: Call;
let ana: Awaited<ReturnType<typeof person>>;
/** Below it lies everything of Ana's workspace; `program` calls there with an API key. */
let home: string;
let workspaceId: string;
let program: Call;
let key: string;
let board: { id: string; doc: string; stages: { id: string; kind: string }[] };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const stageOf = (kind: string): string => board.stages.find((stage) => stage.kind === kind)?.id ?? '';
async function made(call: Call, path: string, body: unknown): Promise<Answer['body']> {
  const reply = await call('POST', path, body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body;
}
const deal = (values: Record<string, unknown>) => made(program, `${home}/deals`, { board: board.id, ...values });

beforeAll(async () => {
  server = await startOutside();
  anybody = callerOf(server.url);
  ana = await person(server.url, 'Ana');
  workspaceId = text((await made(ana.call, `${api}/workspaces`, { name: 'Outside' })).id);
  home = `${api}/w/${workspaceId}`;
  key = text((await made(ana.call, `${home}/api-keys`, { name: 'A program', role: 'member' }))['key']);
  program = callerOf(server.url, { authorization: `Bearer ${key}` });
  board = (await made(program, `${home}/boards`, { name: 'Sales', kind: 'deals', currency: 'USD' })) as never;
});
afterAll(() => server.stop());

describe('running it', () => {
  test.each([
    ['PORT', 'many'],
    ['HOST', 'a/b'],
    ['PUBLIC_URL', 'nowhere'],
    ['LOG_LEVEL', 'loud'],
    ['LIMIT_BODY_BYTES', '-1'],
  ])('a wrong %s is one line that names it, and exit 2', async (name, value) => {
    const { code, printed } = await runServer({ [name]: value });
    expect(code).toBe(2);
    expect(printed.trim()).toContain(name);
    expect(printed.trim().split('\n')).toHaveLength(1);
  });

  test('data lies below DATA_DIR, for its owner alone', () => {
    expect(readdirSync(server.dataDir)).toEqual(expect.arrayContaining(['control.sqlite', 'workspaces']));
    expect(readdirSync(join(server.dataDir, 'workspaces'))).toContain(`${workspaceId}.sqlite`);
    for (const name of readdirSync(server.dataDir))
      expect(statSync(join(server.dataDir, name)).mode & 0o077, name).toBe(0);
  });

  test('health', async () => {
    const { status, body } = await anybody('GET', '/api/health');
    expect([status, body]).toEqual([200, { status: 'ok', version: expect.any(String) }]);
  });

  test('stop: durable, sockets closed with 1012, exit 0', async () => {
    const other = await startOutside();
    const bo = await person(other.url, 'Bo');
    const ws = `${api}/w/${text((await made(bo.call, `${api}/workspaces`, { name: 'Stops' })).id)}`;
    const { key: token } = await made(bo.call, `${ws}/api-keys`, { name: 'k', role: 'member' });
    const { id, doc } = await made(bo.call, `${ws}/boards`, { name: 'B', kind: 'deals' });
    const socket = new WebSocket(
      `${other.url.replace('http', 'ws')}/sync/${ws.slice(api.length + 3)}/${text(doc)}?token=${text(token)}`,
    );
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    await made(bo.call, `${ws}/deals`, { board: id, title: 'The last' });
    other.process.kill('SIGTERM');
    expect(await closed).toBe(1012);
    expect(await other.exited).toBe(0);
    const again = await startOutside(other.dataDir);
    const found = await callerOf(again.url, { cookie: bo.cookie })('GET', `${ws}/deals`);
    expect(found.body.items).toMatchObject([{ title: 'The last' }]);
    await again.stop();
  });
});

describe('signing in', () => {
  test('in with and without an Origin, out, and never from another site', async () => {
    const body = { email: ana.email, password: 'correct horse' };
    const path = '/api/auth/sign-in/email';
    expect((await anybody('POST', path, body, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await anybody('POST', path, { ...body, password: 'wrong horse' })).status).toBe(401);
    const { status, headers } = await anybody('POST', path, body, { origin: server.url });
    expect(status).toBe(200);
    const mine = callerOf(server.url, { cookie: cookieOf(headers) });
    expect((await mine('GET', `${api}/workspaces`)).status).toBe(200);
    const forged = await mine('POST', `${api}/workspaces`, { name: 'x' }, { origin: 'http://evil.example' });
    expect(forged.status).toBe(403);
    expect((await mine('POST', '/api/auth/sign-out')).status).toBe(200);
    expect((await mine('GET', `${api}/workspaces`)).status).toBe(401);
  });

  test.each(['', ' ', 'a\r\nSet-Cookie: b=1', 'n'.repeat(201)])('a name is a name: %j is refused', async (name) => {
    const body = { name, email: 'odd@outside.example', password: 'correct horse' };
    expect((await anybody('POST', '/api/auth/sign-up/email', body)).status).toBe(400);
    expect((await ana.call('POST', '/api/auth/update-user', { name })).status).toBe(400);
  });
});

describe('REST', () => {
  test('workspaces: create and list mine', async () => {
    expect((await ana.call('GET', `${api}/workspaces`)).body).toMatchObject({
      items: [{ id: workspaceId, name: 'Outside', role: 'admin' }],
      nextCursor: null,
      total: 1,
    });
  });

  test('invitations: url and token; for one address; joined once', async () => {
    const guest = await person(server.url, 'Guest');
    const other = await person(server.url, 'Other');
    const invitation = await made(ana.call, `${home}/invitations`, { email: guest.email, role: 'viewer' });
    const accept = `${api}/invitations/${text(invitation['token'])}/accept`;
    expect(text(invitation['url'])).toContain(text(invitation['token']));
    expect((await other.call('POST', accept)).status).toBe(403);
    expect((await guest.call('POST', accept)).status).toBe(200);
    expect((await other.call('POST', accept)).status).toBe(410);
    const id = text((await deal({ title: 'Seen' })).id);
    expect((await guest.call('GET', `${home}/deals/${id}`)).status).toBe(200);
    // Permission before existence, and before the body is looked at.
    for (const path of [`${home}/deals/${id}`, `${home}/deals/nowhere`])
      expect((await guest.call('PATCH', path, { nothing: 1 })).status).toBe(403);
    const [real, invented] = await Promise.all([
      other.call('GET', `${home}/deals/${id}`),
      other.call('GET', `${api}/w/nowhere/deals/nothing`),
    ]);
    expect([real.status, real.body]).toEqual([invented.status, invented.body]);
    expect(real.status).toBe(403);
  });

  test('api-keys: shown once, at most the member’s role, named in activity, dead when revoked', async () => {
    const { id, key: shown } = await made(ana.call, `${home}/api-keys`, { name: 'Short', role: 'viewer' });
    expect(JSON.stringify((await ana.call('GET', `${home}/api-keys`)).body)).not.toContain(text(shown));
    const reader = callerOf(server.url, { authorization: `Bearer ${text(shown)}` });
    expect((await reader('GET', `${home}/boards`)).status).toBe(200);
    expect((await reader('POST', `${home}/boards`, { name: 'x', kind: 'deals' })).status).toBe(403);
    const record = text((await deal({ title: 'By a key' })).id);
    const [entry] = (await program('GET', `${home}/activity?record=${record}`)).body.items ?? [];
    expect(entry).toMatchObject({ actor: expect.any(String), agent: expect.any(String), kind: 'created' });
    expect((await ana.call('DELETE', `${home}/api-keys/${text(id)}`)).status).toBe(204);
    expect((await reader('GET', `${home}/boards`)).status).toBe(401);
  });

  test.each(['deals', 'leads', 'tickets', 'tasks'])('boards: kind %s, with default or given stages', async (kind) => {
    const plain = await made(program, `${home}/boards`, { name: kind, kind });
    expect(plain).toMatchObject({ name: kind, kind, doc: `board/${text(plain.id)}` });
    const stages = [{ name: 'In' }, { name: 'Done', kind: 'won' }];
    const given = await made(program, `${home}/boards`, { name: kind, kind, stages });
    expect(given['stages']).toMatchObject(stages);
  });

  test('deals: create, read, change, delete; unknown fields and wrong values by name', async () => {
    const value = { minor: 1250, currency: 'USD' };
    const created = await deal({ title: 'One', value, company: 'Fields Ltd' });
    expect(created).toMatchObject({ board: board.id, stage: stageOf('open'), status: 'open', value });
    const path = `${home}/deals/${text(created.id)}`;
    expect((await program('PATCH', path, { title: 'Two', value: null })).body).toMatchObject({
      title: 'Two',
      value: null,
    });
    for (const [field, wrong] of Object.entries({
      nothing: 1,
      title: ' ',
      value: { minor: 1, currency: 'usd' },
      expectedClose: '2026-02-30',
      owner: 'nobody',
      stage: 'elsewhere',
    })) {
      const { status, body } = await program('PATCH', path, { [field]: wrong });
      expect([field, status, body.error?.code]).toEqual([field, 400, 'invalid']);
      expect(Object.keys(body.error?.fields ?? {})[0]?.split('.')[0]).toBe(field);
      expect(body.error?.message).toMatch(/\w.*\.$/);
    }
    expect((await program('DELETE', path)).status).toBe(204);
    expect((await program('GET', path)).status).toBe(404);
  });

  test('lists: filter, sort, limit and cursor agree; what is not understood is refused', async () => {
    const at = text((await made(program, `${home}/boards`, { name: 'Lists', kind: 'deals' })).id);
    for (const [index, company] of ['B', 'A', 'B', 'A', 'B'].entries())
      await made(program, `${home}/deals`, { board: at, title: `L${index % 2}`, company });
    const list = async (query: string) => (await program('GET', `${home}/deals?board=${at}&${query}`)).body;
    for (const sort of ['', '-title', 'company,-title', 'title,title,-title']) {
      const ids: unknown[] = [];
      for (let cursor: unknown = ''; cursor !== null;) {
        const page = await list(`sort=${sort}&limit=2${cursor === '' ? '' : `&cursor=${text(cursor)}`}`);
        expect(page['total']).toBe(5);
        ids.push(...(page.items ?? []).map(({ id }) => id));
        cursor = page['nextCursor'];
      }
      expect(ids).toEqual((await list(`sort=${sort}`)).items?.map(({ id }) => id));
    }
    expect((await list('company=A&status=open'))['total']).toBe(2);
    expect((await list('q=%25'))['total']).toBe(0);
    expect((await list(`q=${encodeURIComponent("' OR 1=1 --")}`))['total']).toBe(0);
    for (const wrong of ['limit=501', 'limit=0', 'sort=nothing', 'sort=title;drop', 'cursor=x', 'status=x', 'other=1'])
      expect([wrong, (await list(wrong)).error?.code]).toEqual([wrong, 'invalid']);
  });

  test('move: neighbours, won, lost with its reason, reopened', async () => {
    const [a, b] = [text((await deal({ title: 'A' })).id), text((await deal({ title: 'B' })).id)];
    const move = (body: object) => program('POST', `${home}/deals/${b}/move`, body);
    expect((await move({ stage: stageOf('open'), before: a })).status).toBe(200);
    const lane = (await program('GET', `${home}/deals?board=${board.id}&stage=${stageOf('open')}&sort=rank`)).body;
    const ids = lane.items?.map(({ id }) => id) ?? [];
    expect(ids.indexOf(b)).toBe(ids.indexOf(a) - 1);
    expect((await move({ stage: stageOf('lost') })).body.error?.fields).toHaveProperty('lostReason');
    const lost = await move({ stage: stageOf('lost'), lostReason: 'Price', closedAt: 1_700_000_000_000 });
    expect(lost.body).toMatchObject({ status: 'lost', lostReason: 'Price', closedAt: 1_700_000_000_000 });
    expect((await move({ stage: stageOf('won') })).body).toMatchObject({ status: 'won' });
    expect((await move({ stage: stageOf('open') })).body).toMatchObject({ status: 'open', closedAt: null });
    expect((await move({ stage: 'nowhere' })).body.error?.fields).toHaveProperty('stage');
  });

  test('imports: dry run, run, again by key, undo; what is no CSV is refused', async () => {
    const at = text((await made(program, `${home}/boards`, { name: 'Imports', kind: 'deals' })).id);
    const send = (file: string, options?: object) => {
      const form = new FormData();
      form.set('file', new File([file], 'deals.csv'));
      if (options) form.set('options', JSON.stringify({ board: at, ...options }));
      return program('POST', `${home}/imports`, form);
    };
    const finished = async (id: unknown) => {
      const read = async () => (await program('GET', `${home}/imports/${text(id)}`)).body;
      await vi.waitFor(async () => expect((await read())['status']).not.toMatch(/running|undoing/), {
        timeout: 20_000,
      });
      return read();
    };
    const csv = 'sep=;\r\nRef;Deal name;Amount;Stage\r\n1;"One\nline";1,5;Pilot\r\n2;Two;20;Pilot\n3;;lots;Pilot\r\n';
    const total = async () => (await program('GET', `${home}/deals?board=${at}`)).body['total'];
    expect((await send(csv, { dryRun: true })).body).toMatchObject({ rows: 3, created: 2, skipped: 1 });
    expect(await total()).toBe(0);
    const first = await finished((await send(csv, { key: 'Ref' })).body.id);
    expect(first).toMatchObject({ status: 'done', rows: 3, created: 2, updated: 0, skipped: 1 });
    expect(first['errors']).toMatchObject([{ row: expect.any(Number), field: 'Amount', message: expect.any(String) }]);
    expect(await finished((await send(csv, { key: 'Ref' })).body.id)).toMatchObject({ created: 0, updated: 0 });
    const changed = await finished((await send('Ref,Amount,Deal name\n2,99,Two\n', { key: 'Ref' })).body.id);
    expect(changed).toMatchObject({ created: 0, updated: 1 });
    await program('POST', `${home}/imports/${text(changed.id)}/undo`);
    expect((await program('POST', `${home}/imports/${text(first.id)}/undo`)).body).toMatchObject({ status: 'undone' });
    expect(await total()).toBe(0);
    for (const [file, options] of [
      ['PK\u0003\u0004', {}],
      ['a,b\n"1,2\n', {}],
      ['', {}],
      ['Deal name\nx', { mapping: { 'Deal name': 'nothing' } }],
      ['Deal name\nx', { nothing: 1 }],
    ] as const)
      expect((await send(file, options)).body.error?.code, file).toBe('invalid');
    expect((await program('POST', `${home}/imports`, {})).body.error?.code).toBe('invalid');
  });

  test('reports: name, asOf, formula, rows that drill', async () => {
    const names = (await program('GET', `${home}/reports`)).body.items?.map(({ name }) => text(name)) ?? [];
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) {
      const dimension = name === 'value-by' ? '&dimension=company' : '';
      const reply = await program('GET', `${home}/reports/${name}?board=${board.id}&from=2026-01-01${dimension}`);
      const { status, body } = reply;
      expect([status, body['name']], JSON.stringify(body)).toEqual([200, name]);
      expect(body).toMatchObject({ asOf: expect.any(Number), formula: expect.any(String), rows: expect.any(Array) });
    }
    expect((await program('GET', `${home}/reports/pipeline-by-stage?zone=1`)).body.error?.fields).toHaveProperty(
      'zone',
    );
    expect((await program('GET', `${home}/reports/nothing`)).status).toBe(404);
  });

  test('activity: newest first, every change with old and new', async () => {
    const record = text((await deal({ title: 'Watched' })).id);
    await program('PATCH', `${home}/deals/${record}`, { title: 'Renamed' });
    const { items = [] } = (await program('GET', `${home}/activity?record=${record}&raw=1`)).body;
    expect(items[0]).toMatchObject({ record, noun: 'deal', field: 'title', from: 'Watched', to: 'Renamed' });
    expect(items[0]).toMatchObject({ id: expect.any(Number), at: expect.any(Number), offline: false });
    const older = (await program('GET', `${home}/activity?record=${record}&before=${Number(items[0]?.['id'])}`)).body;
    expect(older.items).toMatchObject([{ kind: 'created' }]);
  });

  test('Idempotency-Key: the first reply again, and a conflict for another request', async () => {
    const once = { 'idempotency-key': 'once' };
    const send = (title: string) => program('POST', `${home}/deals`, { board: board.id, title }, once);
    const replies = await Promise.all([send('Once'), send('Once')]);
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect((await send('Twice')).status).toBe(409);
    // A form's boundary is drawn anew each time; its parts are what is compared.
    const upload = (file: string) => {
      const form = new FormData();
      form.set('file', new File([file], 'deals.csv'));
      form.set('options', JSON.stringify({ dryRun: true }));
      return program('POST', `${home}/imports`, form, { 'idempotency-key': 'upload' });
    };
    const first = await upload('Deal name\nOnce');
    expect(first.status).toBe(200);
    expect((await upload('Deal name\nOnce')).body.id).toBe(first.body.id);
    expect((await upload('Deal name\nAnother')).status).toBe(409);
  });

  test('another workspace’s ids lead nowhere', async () => {
    const eve = await person(server.url, 'Eve');
    const path = `${api}/w/${text((await made(eve.call, `${api}/workspaces`, { name: 'Eve' })).id)}`;
    const id = text((await deal({ title: 'Ours' })).id);
    for (const [method, at, body] of [
      ['GET', `/deals/${id}`],
      ['PATCH', `/deals/${id}`, { title: 'Theirs' }],
      ['DELETE', `/deals/${id}`],
      ['POST', `/deals/${id}/move`, { stage: stageOf('won') }],
      ['GET', `/boards/${board.id}`],
    ] as const)
      expect((await eve.call(method, path + at, body)).status, `${method} ${at}`).toBe(404);
    expect((await eve.call('POST', `${path}/deals`, { board: board.id, title: 'x' })).status).toBe(400);
  });

  test('errors have one shape, whatever was sent', async () => {
    const at = `${home}/deals`;
    for (const [body, status] of [
      ['{', 400],
      ['null', 400],
      ['[]', 400],
      ['['.repeat(100_000), 400],
      [`{"title":"${'x'.repeat(2 ** 21)}"}`, 413],
    ] as const) {
      const reply = await program('POST', at, body);
      expect([reply.status, typeof reply.body.error?.message]).toEqual([status, 'string']);
    }
    expect((await program('POST', at, '{"title":"x"}', { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await program('GET', `${api}/nothing`)).body.error?.code).toBe('not-found');
  });

  test('OpenAPI 3.1 tells of every call, and its page needs nothing from elsewhere', async () => {
    const document = (await anybody('GET', `${api}/openapi.json`)).body as {
      openapi?: string;
      paths?: Record<string, Record<string, { requestBody?: unknown; responses?: object }>>;
    };
    expect(document.openapi).toMatch(/^3\.1\./);
    const calls = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls).toEqual(expect.arrayContaining([...documented]));
    for (const [path, methods] of Object.entries(document.paths ?? {}))
      for (const [method, { responses }] of Object.entries(methods))
        expect(Object.keys(responses ?? {}), `${method} ${path}`).toContain('default');
    expect(JSON.stringify(document.paths?.['/w/{ws}/imports']?.['post']?.requestBody)).toContain('multipart/form-data');
    const page = await anybody('GET', '/api/docs');
    expect([page.status, /(?:src|href)="(?:https?:)?\/\//.test(text(page.body['text']))]).toEqual([200, false]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  });
});

const documented = [
  'GET /workspaces',
  'POST /workspaces',
  'POST /w/{ws}/invitations',
  'POST /invitations/{token}/accept',
  'POST /w/{ws}/api-keys',
  'GET /w/{ws}/boards',
  'POST /w/{ws}/boards',
  'GET /w/{ws}/deals',
  'POST /w/{ws}/deals',
  'GET /w/{ws}/deals/{id}',
  'PATCH /w/{ws}/deals/{id}',
  'DELETE /w/{ws}/deals/{id}',
  'POST /w/{ws}/deals/{id}/move',
  'POST /w/{ws}/imports',
  'GET /w/{ws}/imports/{id}',
  'POST /w/{ws}/imports/{id}/undo',
  'GET /w/{ws}/reports/{name}',
  'GET /w/{ws}/activity',
] as const;
