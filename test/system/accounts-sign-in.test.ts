import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { totpCode } from '../totp.ts';
import {
  caller,
  makeKey,
  makeWorkspace,
  openServer,
  signIn,
  signUp,
  type Person,
  type Reply,
  type TestServer,
} from './server-fixture.ts';

const password = 'correct horse';
const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

let server: TestServer;
beforeAll(async () => {
  server = await openServer({ env: { LIMIT_SIGN_IN_FAILURES: '4', REFUSE_COMMON_PASSWORDS: '1' } });
});
afterAll(() => server.stop());

const cookieOf = ({ headers }: Reply) =>
  headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const sessionsOf = async (person: Person) => (await person.call('GET', '/api/v1/me/sessions')).body.items ?? [];
const isSignedIn = async (person: Person) => (await person.call('GET', '/api/v1/me')).status === 200;
const tryPassword = (email: string, text: string) =>
  caller(server)('POST', '/api/auth/sign-in/email', { email, password: text });

/** A live connection of a person's browser; resolves with its close code. */
async function listen(person: Person, workspaceId: string): Promise<{ closed: Promise<number>; socket: WebSocket }> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/live/${workspaceId}`, {
    headers: { cookie: person.cookie, origin: server.url },
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await expect.poll(() => server.services.sockets.all().some((each) => each.cookie === person.cookie)).toBe(true);
  return { closed, socket };
}

describe('where I am signed in', () => {
  test('each device by name, this one marked, without anything that could sign in', async () => {
    const ana = await signUp(server, 'Ana');
    await caller(server)('POST', '/api/auth/sign-in/email', { email: ana.email, password }, { 'user-agent': chrome });
    const sessions = await sessionsOf(ana);
    expect(sessions.map(({ device, current }) => ({ device, current }))).toEqual(
      expect.arrayContaining([
        { device: 'A program', current: true },
        { device: 'Chrome on Linux', current: false },
      ]),
    );
    const text = JSON.stringify(sessions);
    const tokens = server.services.control.handle.prepare('SELECT token FROM session').pluck().all();
    expect(tokens.filter((token) => text.includes(String(token)))).toEqual([]);
    const key = await makeKey(ana, (await makeWorkspace(ana)).path, 'viewer');
    const byKey = caller(server, { authorization: `Bearer ${key.key}` });
    expect((await byKey('GET', '/api/v1/me/sessions')).status).toBe(403);
  });

  test('one device, then all others, then all: their connections end with them', async () => {
    const ben = await signUp(server, 'Ben');
    const { id } = await makeWorkspace(ben);
    const [phone, laptop] = [await signIn(server, ben.email), await signIn(server, ben.email)];
    const lines = { phone: await listen(phone, id), laptop: await listen(laptop, id), here: await listen(ben, id) };
    const phoneId = (await phone.call('GET', '/api/v1/me/sessions')).body.items?.find((each) => each['current'])?.[
      'id'
    ];

    const other = await signUp(server, 'Bea');
    expect((await other.call('DELETE', `/api/v1/me/sessions/${String(phoneId)}`)).status).toBe(404);
    expect((await ben.call('DELETE', `/api/v1/me/sessions/${String(phoneId)}`)).status).toBe(204);
    expect(await lines.phone.closed).toBe(4401);
    expect([await isSignedIn(phone), await isSignedIn(laptop)]).toEqual([false, true]);

    expect((await ben.call('DELETE', '/api/v1/me/sessions')).status).toBe(204);
    expect(await lines.laptop.closed).toBe(4401);
    expect([await isSignedIn(laptop), await isSignedIn(ben)]).toEqual([false, true]);
    expect(lines.here.socket.readyState).toBe(WebSocket.OPEN);

    expect((await ben.call('DELETE', '/api/v1/me/sessions?this=true')).status).toBe(204);
    expect(await lines.here.closed).toBe(4401);
    expect(await isSignedIn(ben)).toBe(false);
  });

  test('when a session was last seen outlives a restart', async () => {
    const cas = await signUp(server, 'Cas');
    await isSignedIn(cas);
    server.services.sessionList.flush();
    const kept = server.services.control.handle.prepare('SELECT count(*) FROM session_seen').pluck().get();
    expect(Number(kept)).toBeGreaterThan(0);
    expect((await sessionsOf(cas))[0]).toMatchObject({ current: true, lastSeenAt: expect.any(Number) });
  });
});

test('an account is not made with one of the commonest passwords, nor with one’s own name', async () => {
  const make = (password: string) =>
    caller(server)('POST', '/api/auth/sign-up/email', { name: 'Fay Moss', email: 'fay@team.example', password });
  for (const easy of ['password', 'Sunshine', 'fay moss', 'Fay@Team.example']) {
    const reply = await make(easy);
    expect([reply.status, reply.body['code']], easy).toEqual([400, 'PASSWORD_TOO_COMMON']);
  }
  expect((await make('short')).body['code']).toBe('PASSWORD_TOO_SHORT');
  expect((await make('hunter over dale')).status).toBe(200);
});

describe('changing the password', () => {
  test('needs the old one, ends every other session and no more than those', async () => {
    const dee = await signUp(server, 'Dee');
    const elsewhere = await signIn(server, dee.email);
    const change = (old: string, fresh: string) =>
      dee.call('POST', '/api/v1/me/password', { password: old, newPassword: fresh });
    const wrong = await change('not it at all', 'battery staple');
    expect([wrong.status, wrong.body.error?.fields]).toEqual([400, { password: 'is wrong' }]);
    expect((await change(password, 'short')).body.error?.fields).toEqual({ newPassword: 'is too short' });
    for (const easy of ['sunshine', ' Password123 ', dee.email])
      expect((await change(password, easy)).body.error?.fields, easy).toEqual({
        newPassword: 'is too easy to guess: choose another',
      });
    expect((await change(password, 'battery staple')).status).toBe(204);
    expect([await isSignedIn(dee), await isSignedIn(elsewhere)]).toEqual([true, false]);
    expect([
      (await tryPassword(dee.email, password)).status,
      (await tryPassword(dee.email, 'battery staple')).status,
    ]).toEqual([401, 200]);
  });

  test('whoever sits at an open browser cannot guess it', async () => {
    const eve = await signUp(server, 'Eve');
    const guess = () => eve.call('POST', '/api/v1/me/password', { password: 'a guess', newPassword: 'battery staple' });
    const seen: number[] = [];
    for (let i = 0; i < 6; i++) seen.push((await guess()).status);
    expect(seen.filter((status) => status === 400)).toHaveLength(4);
    expect(seen.at(-1)).toBe(429);
  });

  test('a page of another site cannot', async () => {
    const flo = await signUp(server, 'Flo');
    const forged = await caller(server, { cookie: flo.cookie, origin: 'https://evil.example' })(
      'POST',
      '/api/v1/me/password',
      { password, newPassword: 'battery staple' },
    );
    expect(forged.status).toBe(403);
  });
});

describe('two-factor sign-in', () => {
  /** Turns it on; a code counts once, so each use takes another half minute of the clock that the server accepts. */
  async function withTwoFactor(name: string): Promise<{ person: Person; uri: string; recoveryCodes: string[] }> {
    const person = await signUp(server, name);
    const begun = await person.call('POST', '/api/v1/me/two-factor', { password });
    expect(begun.status).toBe(200);
    const uri = String(begun.body['uri']);
    const recoveryCodes = begun.body['recoveryCodes'] as string[];
    expect((await person.call('GET', '/api/v1/me/two-factor')).body).toEqual({ on: false });
    expect((await person.call('POST', '/api/v1/me/two-factor/confirm', { code: '000000' })).body.error?.fields).toEqual(
      {
        code: 'is wrong or no longer valid',
      },
    );
    const confirmed = await person.call('POST', '/api/v1/me/two-factor/confirm', {
      code: totpCode(uri, Date.now() - 30_000),
    });
    expect(confirmed.status).toBe(204);
    const cookie = cookieOf(confirmed);
    return { person: { ...person, cookie, call: caller(server, { cookie, origin: server.url }) }, uri, recoveryCodes };
  }
  const verify = (cookie: string, kind: 'totp' | 'backup-code', code: string) =>
    caller(server, { cookie, origin: server.url })('POST', `/api/auth/two-factor/verify-${kind}`, { code });

  test('the password alone signs nobody in; a code does, once', async () => {
    const { person, uri } = await withTwoFactor('Gil');
    const first = await tryPassword(person.email, password);
    expect(first.body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    const cookie = cookieOf(first);
    expect((await caller(server, { cookie })('GET', '/api/v1/me')).status).toBe(401);
    expect((await verify(cookie, 'totp', '000000')).status).toBe(401);
    const code = totpCode(uri, Date.now());
    const done = await verify(cookie, 'totp', code);
    expect(done.status).toBe(200);
    expect((await caller(server, { cookie: cookieOf(done) })('GET', '/api/v1/me')).status).toBe(200);

    const again = await tryPassword(person.email, password);
    const replay = await verify(cookieOf(again), 'totp', code);
    expect([replay.status, replay.body['code']]).toEqual([401, 'INVALID_CODE']);
    expect(cookieOf(replay)).not.toContain('session_token');
  });

  test('a code is not guessed: five tries a sign-in', async () => {
    const { person } = await withTwoFactor('Hue');
    const cookie = cookieOf(await tryPassword(person.email, password));
    const seen: number[] = [];
    for (let i = 0; i < 6; i++) seen.push((await verify(cookie, 'totp', String(100_000 + i))).status);
    expect(seen).toEqual([401, 401, 401, 401, 401, 400]);
  });

  test('a recovery code signs in once; new ones end the old', async () => {
    const { person, recoveryCodes } = await withTwoFactor('Ivy');
    const [code = '', spare = ''] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    expect((await verify(cookieOf(await tryPassword(person.email, password)), 'backup-code', code)).status).toBe(200);
    expect((await verify(cookieOf(await tryPassword(person.email, password)), 'backup-code', code)).status).toBe(401);
    const made = await person.call('POST', '/api/v1/me/two-factor/recovery-codes', { password });
    const [fresh = ''] = made.body['recoveryCodes'] as string[];
    expect((await verify(cookieOf(await tryPassword(person.email, password)), 'backup-code', spare)).status).toBe(401);
    expect((await verify(cookieOf(await tryPassword(person.email, password)), 'backup-code', fresh)).status).toBe(200);
  });

  test('turning it on and off keeps this browser’s connections; off takes the password', async () => {
    const jan = await signUp(server, 'Jan');
    const { id } = await makeWorkspace(jan);
    const line = await listen(jan, id);
    const { uri } = (await jan.call('POST', '/api/v1/me/two-factor', { password })).body;
    const on = await jan.call('POST', '/api/v1/me/two-factor/confirm', { code: totpCode(String(uri), Date.now()) });
    expect(on.status).toBe(204);
    expect(await isSignedIn(jan)).toBe(false);
    const now = caller(server, { cookie: cookieOf(on), origin: server.url });
    expect((await now('POST', '/api/v1/me/two-factor', { password })).status).toBe(409);
    expect((await now('POST', '/api/v1/me/two-factor/off', { password: 'wrong one' })).status).toBe(400);
    const off = await now('POST', '/api/v1/me/two-factor/off', { password });
    expect(off.status).toBe(204);
    expect(line.socket.readyState).toBe(WebSocket.OPEN);
    // They go on with the new session: its end is theirs.
    const last = caller(server, { cookie: cookieOf(off), origin: server.url });
    await last('POST', '/api/auth/sign-out', {});
    expect(await line.closed).toBe(4401);
    expect((await tryPassword(jan.email, password)).body['user']).toBeDefined();
  });

  test('secrets and recovery codes do not lie in the database as they are', async () => {
    const { uri, recoveryCodes } = await withTwoFactor('Kim');
    const rows = JSON.stringify(server.services.control.handle.prepare('SELECT * FROM twoFactor').all());
    expect(rows).not.toContain(new URL(uri).searchParams.get('secret'));
    expect(recoveryCodes.filter((code) => rows.includes(code))).toEqual([]);
  });
});

test('of the sign-in library only what the product uses is served', async () => {
  const lea = await signUp(server, 'Lea');
  const paths = [
    ['GET', 'list-sessions'],
    ['POST', 'revoke-sessions'],
    ['POST', 'change-password'],
    ['POST', 'change-email'],
    ['POST', 'delete-user'],
    ['POST', 'request-password-reset'],
    ['POST', 'sign-in/social'],
    ['POST', 'two-factor/enable'],
    ['POST', 'two-factor/disable'],
    ['POST', 'two-factor/send-otp'],
    ['GET', 'error'],
  ] as const;
  const seen = await Promise.all(
    paths.map(async ([method, path]) => [
      path,
      (await lea.call(method, `/api/auth/${path}`, method === 'POST' ? {} : undefined)).status,
    ]),
  );
  expect(seen).toEqual(paths.map(([, path]) => [path, 404]));
});
