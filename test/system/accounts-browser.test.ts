// What the server tells browsers, so that a mistake elsewhere does less harm.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isSafeUrl } from '@rapport/schema/read-value';
import { makeWorkspace, openServer, signUp, type Person, type TestServer } from './server-fixture.ts';

let plain: TestServer;
let secure: TestServer;
let ana: Person;
beforeAll(async () => {
  plain = await openServer();
  secure = await openServer({ env: { PUBLIC_URL: 'https://crm.example' } });
  ana = await signUp(plain, 'Ana');
});
afterAll(async () => {
  await plain.stop();
  await secure.stop();
});

const directives = (headers: Headers) =>
  new Map(
    (headers.get('content-security-policy') ?? '').split('; ').map((each) => {
      const [name = '', ...rest] = each.split(' ');
      return [name, rest.join(' ')] as const;
    }),
  );

test.for([
  '/',
  '/sign-in',
  '/w/some/settings',
  '/api/health',
  '/api/v1/me',
  '/api/v1/nothing',
  '/api/auth/get-session',
])('%s: nothing is framed, sniffed or loaded from elsewhere; no script or sheet stands in the page', async (path) => {
  const { headers } = await fetch(plain.url + path, { headers: { cookie: ana.cookie } });
  const csp = directives(headers);
  for (const name of ['script-src', 'style-src', 'default-src']) expect(csp.get(name)).toBe("'self'");
  for (const name of ['object-src', 'base-uri', 'frame-ancestors', 'script-src-attr'])
    expect(csp.get(name)).toBe("'none'");
  expect(csp.get('connect-src')).toBe(`'self' ${plain.url.replace('http', 'ws')}`);
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
});

test('pages of other origins read nothing', async () => {
  const { headers } = await fetch(`${plain.url}/api/v1/me`, {
    headers: { cookie: ana.cookie, origin: 'https://evil.example' },
  });
  expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test('no answer of the API is kept by a browser or a proxy', async () => {
  const { path } = await makeWorkspace(ana);
  for (const each of ['/api/v1/me', '/api/v1/me/sessions', `${path}/deals`, `${path}/audit`, '/api/auth/get-session'])
    expect((await ana.call('GET', each)).headers.get('cache-control')).toContain('no-store');
});

test('cookies: not for scripts, not for other sites, with https for nothing else', async () => {
  const lines = async (server: TestServer) => {
    const reply = await fetch(`http://127.0.0.1:${server.port}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Ben', email: 'ben@team.example', password: 'correct horse' }),
    });
    expect(reply.status).toBe(200);
    return { lines: reply.headers.getSetCookie(), hsts: reply.headers.get('strict-transport-security') };
  };
  const [overHttp, overHttps] = [await lines(plain), await lines(secure)];
  for (const line of [...overHttp.lines, ...overHttps.lines]) {
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=Lax/i);
    expect(line).not.toMatch(/; Domain=/i);
  }
  expect(overHttp.lines.some((line) => /; Secure/i.test(line))).toBe(false);
  for (const line of overHttps.lines) expect(line).toMatch(/^__Secure-rapport\..*; Secure/i);
  expect([overHttp.hsts, overHttps.hsts]).toEqual([null, 'max-age=15552000']);
});

test('links lead to the web, to mail and to phones, and nowhere else', () => {
  for (const good of ['https://a.example', 'http://a.example/x?y#z', 'mailto:a@b.example', 'tel:+491234'])
    expect(isSafeUrl(good)).toBe(true);
  for (const bad of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/1',
    '//evil.example',
    'https:// evil',
    '\u0001javascript:alert(1)',
  ])
    expect(isSafeUrl(bad)).toBe(false);
});
