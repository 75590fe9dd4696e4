import { refuse } from '@rapport/domain/http/api-error.node';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { commonPassword } from '../account/common-password.ts';
import { deviceOf } from '../account/device.ts';
import { challengeCookie } from '../account/two-factor-state.ts';
import { auditUser, userIdOf } from '../account/user-audit.ts';
import { personName } from '../api/shapes.ts';
import { leastPasswordLength } from '../control/accounts.ts';
import type { Services } from '../services.ts';
import { addressOf } from './caller-address.ts';
import { makeRateLimit } from './rate-limit.ts';

/** All of better-auth that is served. Sessions, passwords and second factors are managed under `/api/v1/me`. */
const served = new Set(['GET /get-session', 'POST /update-user']);

/** better-auth under `/api/auth`, with limits that slow guessing down without locking out an office. */
export function signInRoutes(services: Services): Hono {
  const { accounts, config, now, publicUrl, sessions } = services;
  const { signInPerMinute, signInFailures } = config.limits;
  const byAddress = makeRateLimit({ perSecond: signInPerMinute / 60, burst: signInPerMinute, now });
  const failuresByEmail = makeRateLimit({ perSecond: signInFailures / 60, burst: signInFailures, now });
  const tooMany = (c: Context, seconds: number) => {
    c.header('Retry-After', String(seconds));
    return refuse(c, 'rate-limited', `Too many attempts. Try again in ${seconds} s.`);
  };
  const signedIn = (c: Context, userId: string, method: string) =>
    auditUser(services, userId, 'signed-in', {
      detail: { method, device: deviceOf(c.req.header('user-agent') ?? null) },
    });

  const app = new Hono();
  app.post('/sign-up/email', async (c) => {
    const turn = byAddress.take(addressOf(c, config.trustProxy));
    if (!turn.ok) return tooMany(c, turn.retryAfterSeconds);
    const { name = '', email, password } = await fieldsOf(c);
    const problem =
      nameProblem(name) ?? (config.refuseCommonPasswords ? await passwordProblem(password, { name, email }) : null);
    if (problem !== null) return c.json(problem, 400);
    return accounts.handler(await forAccounts(c, publicUrl));
  });
  app.post('/update-user', async (c, next) => {
    const { name } = await fieldsOf(c);
    const problem = name === undefined ? null : nameProblem(name);
    return problem === null ? next() : c.json(problem, 400);
  });
  app.post('/sign-in/email', async (c) => {
    const turn = byAddress.take(addressOf(c, config.trustProxy));
    if (!turn.ok) return tooMany(c, turn.retryAfterSeconds);
    const email = await emailOf(c);
    if (email !== null && !failuresByEmail.hasRoom(email)) return tooMany(c, 60);
    const reply = await accounts.handler(await forAccounts(c, publicUrl));
    if (email !== null && reply.status === 401) {
      failuresByEmail.take(email);
      const userId = userIdOf(services, email);
      if (userId !== null)
        auditUser(services, userId, 'sign-in-failed', { byThem: false, detail: { method: 'password' } });
    }
    const userId = reply.ok ? await userIdIn(reply) : null;
    if (userId !== null) signedIn(c, userId, 'password');
    return reply;
  });
  for (const method of ['totp', 'backup-code'])
    app.post(`/two-factor/verify-${method}`, async (c) => {
      const turn = byAddress.take(addressOf(c, config.trustProxy));
      if (!turn.ok) return tooMany(c, turn.retryAfterSeconds);
      const code = await codeOf(c);
      const request = await forAccounts(c, publicUrl);
      // Only a sign-in that waits for its code counts here, whoever else is signed in in this browser.
      request.headers.set('cookie', challengeCookie(c.req.header('cookie')));
      const reply = await accounts.handler(request);
      const userId = reply.ok ? await userIdIn(reply) : services.twoFactor.whoseChallenge(c.req.header('cookie'));
      if (userId === null) return reply;
      if (reply.ok && services.spentCodes.spend(userId, code)) {
        signedIn(c, userId, method === 'totp' ? 'code' : 'recovery-code');
        return reply;
      }
      if (reply.ok) await endNewSession(services, reply);
      if (reply.ok || reply.status === 401)
        auditUser(services, userId, 'sign-in-failed', { byThem: false, detail: { method: 'code' } });
      return reply.ok ? c.json({ code: 'INVALID_CODE', message: 'This code was used already' }, 401) : reply;
    });
  app.post('/sign-out', async (c) => {
    const who = await sessions.find(c.req.header('cookie'));
    const reply = await accounts.handler(await forAccounts(c, publicUrl));
    if (who !== null && reply.ok) auditUser(services, who.user.id, 'signed-out');
    return reply;
  });
  app.on(['GET', 'POST'], '*', async (c) => {
    if (!served.has(`${c.req.method} ${c.req.path.replace(/^\/api\/auth/, '')}`))
      return refuse(c, 'not-found', 'There is no such address in the API.');
    return accounts.handler(await forAccounts(c, publicUrl));
  });
  return app;
}

/** Whom a reply signed in; null while a second factor is still asked for. */
async function userIdIn(reply: Response): Promise<string | null> {
  const { user } = await contentOf(reply);
  return isObject(user) && typeof user['id'] === 'string' ? user['id'] : null;
}

async function endNewSession({ accounts }: Services, reply: Response): Promise<void> {
  const { token } = await contentOf(reply);
  const { internalAdapter } = await accounts.$context;
  if (typeof token === 'string') await internalAdapter.deleteSession(token);
}

async function contentOf(reply: Response): Promise<Readonly<Record<string, unknown>>> {
  const content: unknown = await reply.clone().json();
  return isObject(content) ? content : {};
}

async function codeOf(c: Context): Promise<string> {
  const { code } = await fieldsOf(c);
  return typeof code === 'string' ? code : '';
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** What is wrong with a password besides its length, in the shape of better-auth's own errors. */
async function passwordProblem(password: unknown, { name, email }: Readonly<Record<string, unknown>>) {
  // What is no text at all better-auth refuses with its own error.
  if (typeof password !== 'string' || password.length < leastPasswordLength) return null;
  return commonPassword(password, {
    name: typeof name === 'string' ? name : '',
    email: typeof email === 'string' ? email : '',
  });
}

/** What is wrong with a person's name, in the shape of better-auth's own errors. */
function nameProblem(name: unknown): { code: string; message: string } | null {
  const read = v.safeParse(personName, name);
  return read.success ? null : { code: 'INVALID_NAME', message: `Name ${read.issues[0].message}.` };
}

/**
 * The request for better-auth. A browser's POST always says which page it comes from. One that says nothing is a
 * program's (Node's own `fetch` sends Sec-Fetch-Mode, but no Origin) and would be taken for a forged form.
 */
async function forAccounts(c: Context, publicUrl: string): Promise<Request> {
  const { raw } = c.req;
  if (raw.method !== 'POST') return raw;
  const headers = new Headers(raw.headers);
  if (['origin', 'referer', 'sec-fetch-site'].every((name) => !headers.has(name))) {
    headers.delete('sec-fetch-mode');
    headers.set('origin', publicUrl);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  }
  const body = await c.req.text();
  return new Request(raw.url, { method: 'POST', headers, body: body === '' ? '{}' : body });
}

async function emailOf(c: Context): Promise<string | null> {
  const { email } = await fieldsOf(c);
  return typeof email === 'string' ? email.trim().toLowerCase() : null;
}

async function fieldsOf(c: Context): Promise<Readonly<Record<string, unknown>>> {
  try {
    const parsed: unknown = JSON.parse(await c.req.text());
    return isObject(parsed) ? parsed : {};
  } catch {
    // Not JSON: better-auth refuses it with its own error, and there is nobody to count it for.
    return {};
  }
}
