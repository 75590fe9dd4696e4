import { refuse } from '@rapport/domain/http/api-error.node';
import { body } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import type { AskPassword } from '../account/ask-password.ts';
import { attempt, type AccountRefusal } from '../account/refusals.ts';
import { signedIn } from '../account/signed-in.ts';
import { auditUser } from '../account/user-audit.ts';
import type { Result } from '@rapport/doc/result';
import { requireCaller, requirePerson, type ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { endSession } from '../sockets/access-changes.ts';

const tag = 'Account';
const password = v.strictObject({ password: v.string() });
const codes = v.array(v.string());

/** My second factor: codes of an authenticator app, with recovery codes. Mounted at `/me/two-factor`. */
export function twoFactorRoutes(services: Services, ask: AskPassword): Hono<ApiEnv> {
  const { accounts, sessions, sockets, twoFactor, spentCodes } = services;
  const app = new Hono<ApiEnv>();
  app.use(requireCaller, requirePerson);

  /** better-auth gives the person another session here: the browser's connections go over to it. */
  const replacingSession = async <T>(
    c: Context<ApiEnv>,
    call: () => Promise<{ headers: Headers; response: T }>,
  ): Promise<Result<{ headers: Headers; response: T }, AccountRefusal>> => {
    const { sessionId } = signedIn(c);
    return sessions.replacing(sessionId, async () => {
      const done = await attempt(call());
      if (!done.ok) return done;
      const lines = done.value.headers.getSetCookie();
      for (const line of lines) c.header('Set-Cookie', line, { append: true });
      const cookie = lines.map((line) => line.split(';')[0]).join('; ');
      const next = await sessions.find(cookie);
      if (next === null) endSession({ sockets }, sessionId);
      else sockets.carryOver(sessionId, { kind: 'session', ...next }, cookie);
      return done;
    });
  };

  app.get('/', describe({ tag, summary: 'Whether I sign in with a code', reply: v.object({ on: v.boolean() }) }), (c) =>
    c.json({ on: twoFactor.isOn(signedIn(c).user.id) }),
  );

  app.post(
    '/',
    describe({
      tag,
      summary: 'Begin two-factor sign-in; it is on after `/confirm`',
      description: '`uri` goes into an authenticator app; each recovery code signs in once without one.',
      reply: v.object({ uri: v.string(), recoveryCodes: codes }),
    }),
    body(password),
    async (c) => {
      const { user } = signedIn(c);
      const tooMany = ask.tooMany(c, user.id);
      if (tooMany !== null) return tooMany;
      if (twoFactor.isOn(user.id)) return refuse(c, 'conflict', 'Two-factor sign-in is on already.');
      const begun = await attempt(
        accounts.api.enableTwoFactor({ body: { ...c.req.valid('json'), method: 'totp' }, headers: c.req.raw.headers }),
      );
      const problem = ask.problem(c, user.id, begun);
      if (problem !== null) return problem;
      if (!begun.ok || !('totpURI' in begun.value)) throw new Error('better-auth began another second factor');
      c.header('Cache-Control', 'no-store');
      return c.json({ uri: begun.value.totpURI, recoveryCodes: begun.value.backupCodes });
    },
  );

  app.post(
    '/confirm',
    describe({ tag, summary: 'Turn two-factor sign-in on, with a code of the app', status: 204 }),
    body(v.strictObject({ code: v.string() })),
    async (c) => {
      const { user } = signedIn(c);
      const { code } = c.req.valid('json');
      const tooMany = ask.tooMany(c, user.id);
      if (tooMany !== null) return tooMany;
      if (twoFactor.isOn(user.id)) return refuse(c, 'conflict', 'Two-factor sign-in is on already.');
      const done = await replacingSession(c, () =>
        accounts.api.verifyTOTP({
          body: { code: code.replaceAll(' ', '') },
          headers: c.req.raw.headers,
          returnHeaders: true,
        }),
      );
      const problem = ask.problem(c, user.id, done);
      if (problem !== null) return problem;
      spentCodes.spend(user.id, code.replaceAll(' ', ''));
      auditUser(services, user.id, 'two-factor-on');
      return c.body(null, 204);
    },
  );

  app.post(
    '/off',
    describe({ tag, summary: 'Turn two-factor sign-in off', status: 204 }),
    body(password),
    async (c) => {
      const { user } = signedIn(c);
      const tooMany = ask.tooMany(c, user.id);
      if (tooMany !== null) return tooMany;
      if (!twoFactor.isOn(user.id)) return refuse(c, 'conflict', 'Two-factor sign-in is off already.');
      const done = await replacingSession(c, () =>
        accounts.api.disableTwoFactor({ body: c.req.valid('json'), headers: c.req.raw.headers, returnHeaders: true }),
      );
      const problem = ask.problem(c, user.id, done);
      if (problem !== null) return problem;
      twoFactor.forgetDevices(user.id);
      auditUser(services, user.id, 'two-factor-off');
      return c.body(null, 204);
    },
  );

  app.post(
    '/recovery-codes',
    describe({
      tag,
      summary: 'Make new recovery codes; the old ones end',
      reply: v.object({ recoveryCodes: codes }),
    }),
    body(password),
    async (c) => {
      const { user } = signedIn(c);
      const tooMany = ask.tooMany(c, user.id);
      if (tooMany !== null) return tooMany;
      if (!twoFactor.isOn(user.id)) return refuse(c, 'conflict', 'Two-factor sign-in is off.');
      const made = await attempt(
        accounts.api.generateBackupCodes({ body: c.req.valid('json'), headers: c.req.raw.headers }),
      );
      const problem = ask.problem(c, user.id, made);
      if (problem !== null) return problem;
      if (!made.ok) throw new Error('better-auth made no codes');
      auditUser(services, user.id, 'recovery-codes-made');
      c.header('Cache-Control', 'no-store');
      return c.json({ recoveryCodes: made.value.backupCodes });
    },
  );
  return app;
}
