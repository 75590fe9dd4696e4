import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  caller,
  joinAs,
  makeKey,
  makeWorkspace,
  openServer,
  signIn,
  signUp,
  type Person,
  type TestServer,
} from './server-fixture.ts';

let server: TestServer;
let ana: Person;
let workspace: { id: string; path: string };

beforeAll(async () => {
  server = await openServer();
  ana = await signUp(server, 'Ana');
  workspace = await makeWorkspace(ana);
});
afterAll(() => server.stop());

describe('signing in', () => {
  test('up, out, and in again; a signed-out cookie is worth nothing at once', async () => {
    const ben = await signUp(server, 'Ben');
    expect((await ben.call('GET', '/api/v1/me')).body).toMatchObject({ user: { name: 'Ben' }, workspaces: [] });
    expect((await ben.call('POST', '/api/auth/sign-out', {})).status).toBe(200);
    const after = await ben.call('GET', '/api/v1/me');
    expect([after.status, after.body.error?.code]).toEqual([401, 'not-signed-in']);
    const again = await signIn(server, ben.email);
    expect((await again.call('GET', '/api/v1/me')).status).toBe(200);
  });

  test('guessing one person’s password is stopped without locking out their office', async () => {
    const cyd = await signUp(server, 'Cyd');
    const guess = () => caller(server)('POST', '/api/auth/sign-in/email', { email: cyd.email, password: 'wrong' });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await guess()).status);
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn(server, ana.email)).cookie).not.toBe('');
  });

  test('a page of another site cannot change anything with the cookie; a program without an Origin can', async () => {
    const status = async (headers: Record<string, string>) =>
      (await caller(server, { cookie: ana.cookie, ...headers })('POST', '/api/v1/workspaces', { name: 'X' })).status;
    expect(await status({})).toBe(201);
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ origin: 'null' })).toBe(403);
    expect((await caller(server, { cookie: ana.cookie })('GET', '/api/v1/workspaces')).status).toBe(200);
    const signIn = async (headers: Record<string, string>) => {
      const credentials = { email: ana.email, password: 'correct horse' };
      return (await caller(server, headers)('POST', '/api/auth/sign-in/email', credentials)).status;
    };
    expect(await signIn({ origin: 'https://evil.example' })).toBe(403);
    expect(await signIn({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(403);
    expect([await signIn({}), await signIn({ origin: server.url }), await signIn({ cookie: ana.cookie })]).toEqual([
      200, 200, 200,
    ]);
    // The address bar may say 127.0.0.1 where PUBLIC_URL says localhost.
    const other = `http://127.0.0.1:${server.port}`;
    const response = await fetch(`${other}/api/v1/workspaces`, {
      method: 'POST',
      headers: { cookie: ana.cookie, origin: other, 'content-type': 'application/json' },
      body: '{"name":"By address"}',
    });
    expect(response.status).toBe(201);
  });
});

describe('errors', () => {
  test.each([
    ['unknown field', { name: 'X', owner: 'me' }, 'owner', 'is not a known field'],
    ['missing field', {}, 'name', 'is required'],
    ['wrong type', { name: 7 }, 'name', 'must be string, not 7'],
    ['empty', { name: '  ' }, 'name', 'must not be empty'],
    ['prototype', '{"name":"X","__proto__":{"a":1}}', '__proto__', 'is not a known field'],
  ])('%s is refused by name', async (_case, body, field, problem) => {
    const { status, body: reply } = await ana.call('POST', '/api/v1/workspaces', body);
    expect([status, reply.error?.code, Object.entries(reply.error?.fields ?? {})]).toEqual([
      400,
      'invalid',
      [[field, problem]],
    ]);
  });

  test('malformed JSON, a body that is too large, an unknown address', async () => {
    expect((await ana.call('POST', '/api/v1/workspaces', '{"name":')).body.error?.code).toBe('invalid');
    const large = await ana.call('POST', '/api/v1/workspaces', { name: 'x'.repeat(2 ** 20) });
    expect([large.status, large.body.error?.code]).toEqual([413, 'too-large']);
    expect(large.body.error?.message).toContain('MB');
    expect((await ana.call('GET', '/api/v1/nothing')).body.error?.code).toBe('not-found');
  });

  test('permission comes before existence', async () => {
    const stranger = await signUp(server, 'Stranger');
    const real = await stranger.call('GET', `${workspace.path}/members`);
    const invented = await stranger.call('GET', '/api/v1/w/01JZZZZZZZZZZZZZZZZZZZZZZZ/members');
    expect([real.status, real.body]).toEqual([403, invented.body]);
    expect(invented.status).toBe(403);
    expect((await caller(server)('GET', `${workspace.path}/members`)).status).toBe(401);
  });
});

describe('invitations', () => {
  const invite = async (input: Record<string, unknown>) =>
    (await ana.call('POST', `${workspace.path}/invitations`, input)).body;

  test('look without signing in, accept, come back, and the list tells', async () => {
    const { token, url, id } = await invite({ role: 'member' });
    expect(url).toBe(`${server.url}/join/${String(token)}`);
    const looked = await caller(server)('GET', `/api/v1/invitations/${String(token)}`);
    expect(looked.body).toMatchObject({
      workspace: { name: 'Northwind' },
      inviter: { name: 'Ana' },
      role: 'member',
      people: [],
    });
    const dov = await signUp(server, 'Dov');
    const accept = () => dov.call('POST', `/api/v1/invitations/${String(token)}/accept`);
    expect((await accept()).body['workspaceId']).toBe(workspace.id);
    expect((await accept()).status).toBe(200);
    const list = (await ana.call('GET', `${workspace.path}/invitations`)).body.items ?? [];
    expect(list.find((each) => each['id'] === id)).toMatchObject({ uses: 1, status: 'open' });
    expect(JSON.stringify(list)).not.toContain(String(token));
  });

  test('for one address it works once and for nobody else', async () => {
    const { token } = await invite({ email: 'Eve@team.example', role: 'viewer' });
    const mallory = await signUp(server, 'Mallory');
    expect((await mallory.call('POST', `/api/v1/invitations/${String(token)}/accept`)).status).toBe(403);
    const eve = await signUp(server, 'Eve');
    expect((await eve.call('POST', `/api/v1/invitations/${String(token)}/accept`)).status).toBe(200);
    expect((await caller(server)('GET', `/api/v1/invitations/${String(token)}`)).body.error?.code).toBe('gone');
  });

  test('revoked is gone, invented was never there', async () => {
    const { token, id } = await invite({ role: 'member' });
    expect((await ana.call('DELETE', `${workspace.path}/invitations/${String(id)}`)).status).toBe(204);
    expect((await caller(server)('GET', `/api/v1/invitations/${String(token)}`)).status).toBe(410);
    expect((await caller(server)('GET', '/api/v1/invitations/inv_nothing')).status).toBe(404);
  });

  test('a person whom an import named becomes themselves, by e-mail or by choice', async () => {
    const [fay] = server.services.members.ensurePending(workspace.id, ['Fay Import']);
    const { token } = await invite({ role: 'manager' });
    const user = await signUp(server, 'Fay Real');
    const looked = await user.call('GET', `/api/v1/invitations/${String(token)}`);
    expect(looked.body['people']).toContainEqual({ id: fay?.id, name: 'Fay Import' });
    const accepted = await user.call('POST', `/api/v1/invitations/${String(token)}/accept`, { as: fay?.id });
    expect(accepted.body['memberId']).toBe(fay?.id);
    const me = await user.call('GET', `${workspace.path}/me`);
    expect(me.body).toMatchObject({
      id: fay?.id,
      name: 'Fay Real',
      role: 'manager',
      status: 'active',
      colour: fay?.colour,
    });
  });
});

describe('people and roles', () => {
  test('who may do what', async () => {
    const { path } = await makeWorkspace(ana, 'Roles');
    const people = {
      admin: ana,
      manager: await joinAs(server, ana, path, 'Role manager', 'manager'),
      member: await joinAs(server, ana, path, 'Role member', 'member'),
      viewer: await joinAs(server, ana, path, 'Role viewer', 'viewer'),
    };
    const target = people.viewer.memberId;
    const matrix: Record<string, (person: Person) => Promise<{ status: number }>> = {
      'see people': (person) => person.call('GET', `${path}/members`),
      'invite a member': (person) => person.call('POST', `${path}/invitations`, { role: 'member' }),
      'invite an admin': (person) => person.call('POST', `${path}/invitations`, { role: 'admin' }),
      'change a role': (person) => person.call('PATCH', `${path}/members/${target}`, { role: 'viewer' }),
      'rename the workspace': (person) => person.call('PATCH', path, { name: 'Roles' }),
      'make a member key': (person) => person.call('POST', `${path}/api-keys`, { name: 'K', role: 'member' }),
      'make a viewer key': (person) => person.call('POST', `${path}/api-keys`, { name: 'K', role: 'viewer' }),
    };
    const seen: Record<string, string> = {};
    for (const [what, attempt] of Object.entries(matrix)) {
      const allowed: string[] = [];
      for (const [name, person] of Object.entries(people)) {
        const { status } = await attempt(person);
        if (status < 300) allowed.push(name);
        else expect([what, name, status]).toEqual([what, name, 403]);
      }
      seen[what] = allowed.join(' ');
    }
    expect(seen).toEqual({
      'see people': 'admin manager member viewer',
      'invite a member': 'admin manager',
      'invite an admin': 'admin',
      'change a role': 'admin',
      'rename the workspace': 'admin',
      'make a member key': 'admin manager member',
      'make a viewer key': 'admin manager member viewer',
    });
  });

  test('colours spread, profiles are one’s own, the last admin stays, leaving and returning', async () => {
    const { path } = await makeWorkspace(ana, 'People');
    const gil = await joinAs(server, ana, path, 'Gil', 'member');
    const [first, second] = (await ana.call('GET', `${path}/members`)).body.items ?? [];
    expect(first?.['colour']).not.toBe(second?.['colour']);
    expect((await gil.call('PATCH', `${path}/me`, { name: 'Gil B', colour: 4 })).body).toMatchObject({
      name: 'Gil B',
      colour: 4,
    });
    expect((await gil.call('PATCH', `${path}/me`, { colour: 13 })).status).toBe(400);
    expect((await ana.call('DELETE', `${path}/members/${String(first?.['id'])}`)).body.error?.code).toBe('conflict');
    expect((await ana.call('PATCH', `${path}/members/${String(first?.['id'])}`, { role: 'member' })).status).toBe(409);
    expect((await ana.call('DELETE', `${path}/members/${gil.memberId}`)).status).toBe(204);
    expect((await gil.call('GET', `${path}/me`)).status).toBe(403);
    expect((await ana.call('GET', `${path}/members`)).body['total']).toBe(1);
    expect((await ana.call('GET', `${path}/members?include=removed`)).body['total']).toBe(2);
    const { body } = await ana.call('POST', `${path}/invitations`, { role: 'viewer' });
    const back = await gil.call('POST', `/api/v1/invitations/${String(body['token'])}/accept`);
    expect(back.body['memberId']).toBe(gil.memberId);
  });
});

describe('API keys', () => {
  test('act for their member, at most with their role, until revoked', async () => {
    const { path } = await makeWorkspace(ana, 'Keys');
    const { key, id } = await makeKey(ana, path, 'member');
    const program = caller(server, { authorization: `Bearer ${key}` });
    expect((await program('GET', `${path}/me`)).body).toMatchObject({ name: 'Ana', role: 'member' });
    expect((await program('POST', `${path}/invitations`, { role: 'member' })).status).toBe(403);
    expect((await program('GET', `${workspace.path}/me`)).status).toBe(403);
    expect((await program('POST', '/api/v1/workspaces', { name: 'X' })).status).toBe(403);
    const listed = (await ana.call('GET', `${path}/api-keys`)).body.items?.[0];
    expect(listed).toMatchObject({ id, name: 'A program', role: 'member' });
    expect(listed?.['lastUsedAt']).toBeTypeOf('number');
    expect(JSON.stringify(listed)).not.toContain(key);
    await ana.call('DELETE', `${path}/api-keys/${id}`);
    expect((await program('GET', `${path}/me`)).status).toBe(401);
  });
});

describe('Idempotency-Key', () => {
  test('answers the first reply again, also to a racing repeat; another request with it is a conflict', async () => {
    const make = (name: string, key: string) =>
      ana.call('POST', '/api/v1/workspaces', { name }, { 'idempotency-key': key });
    const [one, two] = await Promise.all([make('Once', 'k1'), make('Once', 'k1')]);
    const three = await make('Once', 'k1');
    expect([one.status, two.body, three.body]).toEqual([201, one.body, one.body]);
    expect(three.headers.get('idempotent-replayed')).toBe('true');
    expect((await make('Other', 'k1')).body.error?.code).toBe('conflict');
    const mine = (await ana.call('GET', '/api/v1/workspaces')).body.items ?? [];
    expect(mine.filter((each) => each['name'] === 'Once')).toHaveLength(1);
    const ben = await signUp(server, 'Key Neighbour');
    const theirs = await ben.call('POST', '/api/v1/workspaces', { name: 'Once' }, { 'idempotency-key': 'k1' });
    expect(theirs.body['id']).not.toBe(one.body['id']);
  });
});

describe('the whole', () => {
  test('pages are closed to other people’s scripts, and the API is documented', async () => {
    for (const path of ['/', '/api/docs', '/api/v1/me']) {
      const { headers } = await caller(server)('GET', path);
      expect(headers.get('content-security-policy')).toContain("script-src 'self';");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const { body } = await caller(server)('GET', '/api/v1/openapi.json');
    expect(body['openapi']).toBe('3.1.0');
    const paths = Object.keys(body['paths'] as object);
    expect(paths).toEqual(
      expect.arrayContaining(['/workspaces', '/w/{ws}/invitations', '/invitations/{token}/accept']),
    );
    expect((await caller(server)('GET', '/api/docs/reference.js')).status).toBe(200);
  });

  test('lists go page by page', async () => {
    const { path } = await makeWorkspace(ana, 'Pages');
    for (const name of ['A', 'B', 'C']) await ana.call('POST', `${path}/api-keys`, { name, role: 'viewer' });
    const first = (await ana.call('GET', `${path}/api-keys?limit=2`)).body;
    const second = (await ana.call('GET', `${path}/api-keys?limit=2&cursor=${String(first['nextCursor'])}`)).body;
    const names = [...(first.items ?? []), ...(second.items ?? [])].map((each) => each['name']);
    expect([names, first['total'], second['nextCursor']]).toEqual([['A', 'B', 'C'], 3, null]);
    expect((await ana.call('GET', `${path}/api-keys?limit=501`)).status).toBe(400);
    expect((await ana.call('GET', `${path}/api-keys?lmit=5`)).body.error?.fields).toEqual({
      lmit: 'is not a known field',
    });
  });
});
