import { getConnInfo } from '@hono/node-server/conninfo';
import { refuse } from '@rapport/domain/http/api-error.node';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { personName } from '../api/shapes.ts';
import type { Services } from '../services.ts';
import { makeRateLimit } from './rate-limit.ts';

/** better-auth under `/api/auth`, with limits that slow guessing down without locking out an office. */
export function signInRoutes({ accounts, config, now, publicUrl }: Services): Hono {
  const { signInPerMinute, signInFailures } = config.limits;
  const byAddress = makeRateLimit({ perSecond: signInPerMinute / 60, burst: signInPerMinute, now });
  const failuresByEmail = makeRateLimit({ perSecond: signInFailures / 60, burst: signInFailures, now });
  const tooMany = (c: Context, seconds: number) => {
    c.header('Retry-After', String(seconds));
    return refuse(c, 'rate-limited', `Too many attempts. Try again in ${seconds} s.`);
  };

  const app = new Hono();
  app.post('/sign-up/*', async (c) => {
    const turn = byAddress.take(addressOf(c, config.trustProxy));
    if (!turn.ok) return tooMany(c, turn.retryAfterSeconds);
    const { name = '' } = await fieldsOf(c);
    const problem = nameProblem(name);
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
    if (email !== null && reply.status === 401) failuresByEmail.take(email);
    return reply;
  });
  app.on(['GET', 'POST'], '*', async (c) => accounts.handler(await forAccounts(c, publicUrl)));
  return app;
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
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    // Not JSON: better-auth refuses it with its own error, and there is nobody to count it for.
    return {};
  }
}

function addressOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded ?? getConnInfo(c).remote.address ?? 'unknown';
}
