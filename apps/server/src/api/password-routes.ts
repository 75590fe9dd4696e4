import { body } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { Hono } from 'hono';
import * as v from 'valibot';
import { err } from '@rapport/doc/result';
import type { AskPassword } from '../account/ask-password.ts';
import { commonPassword } from '../account/common-password.ts';
import { attempt } from '../account/refusals.ts';
import { signedIn } from '../account/signed-in.ts';
import { auditUser } from '../account/user-audit.ts';
import { leastPasswordLength } from '../control/accounts.ts';
import { requireCaller, requirePerson, type ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';

/** Changing my password, which signs out every other device. Mounted at `/me/password`. */
export function passwordRoutes(services: Services, ask: AskPassword): Hono<ApiEnv> {
  const { accounts, config, sessionList, twoFactor } = services;
  return new Hono<ApiEnv>().use(requireCaller, requirePerson).post(
    '/',
    describe({
      tag: 'Account',
      summary: 'Change my password; every other device is signed out',
      status: 204,
    }),
    body(v.strictObject({ password: v.string(), newPassword: v.string() })),
    async (c) => {
      const { user, sessionId } = signedIn(c);
      const { password, newPassword } = c.req.valid('json');
      const tooMany = ask.tooMany(c, user.id);
      if (tooMany !== null) return tooMany;
      const isAsked = config.refuseCommonPasswords && newPassword.length >= leastPasswordLength;
      const tooCommon = isAsked ? await commonPassword(newPassword, user) : null;
      const done =
        tooCommon !== null
          ? err(tooCommon)
          : await attempt(
              accounts.api.changePassword({
                body: { currentPassword: password, newPassword },
                headers: c.req.raw.headers,
              }),
            );
      const problem = ask.problem(c, user.id, done);
      if (problem !== null) return problem;
      const { internalAdapter } = await accounts.$context;
      const others = sessionList.ofUser(user.id).filter(({ id }) => id !== sessionId);
      twoFactor.forgetDevices(user.id);
      for (const { token } of others) await internalAdapter.deleteSession(token);
      auditUser(services, user.id, 'password-changed', { detail: { sessionsEnded: others.length } });
      return c.body(null, 204);
    },
  );
}
