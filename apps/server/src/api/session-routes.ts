import { refuse } from '@rapport/domain/http/api-error.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, listQuery, pageById } from '@rapport/domain/http/list.node';
import { query } from '@rapport/domain/http/body.node';
import { Hono } from 'hono';
import * as v from 'valibot';
import { signedIn } from '../account/signed-in.ts';
import { auditUser } from '../account/user-audit.ts';
import { requireCaller, requirePerson, type ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';

const tag = 'Account';
const sessionShape = v.object({
  id: v.string(),
  device: v.string(),
  createdAt: v.number(),
  lastSeenAt: v.number(),
  expiresAt: v.number(),
  /** The one that asks. */
  current: v.boolean(),
});

/** Where I am signed in, and ending it there. Mounted at `/me/sessions`. */
export function sessionRoutes(services: Services): Hono<ApiEnv> {
  const { accounts, sessionList, twoFactor } = services;
  const app = new Hono<ApiEnv>();
  app.use(requireCaller, requirePerson);

  const end = async (tokens: readonly string[]) => {
    const { internalAdapter } = await accounts.$context;
    // One by one: each tells its connections.
    for (const token of tokens) await internalAdapter.deleteSession(token);
  };

  app.get(
    '/',
    describe({ tag, summary: 'Where I am signed in, last seen first', reply: listOf(sessionShape) }),
    query(v.strictObject({ limit: listQuery.limit, cursor: listQuery.cursor })),
    (c) => {
      const { user, sessionId } = signedIn(c);
      const { limit, cursor } = c.req.valid('query');
      const all = sessionList
        .ofUser(user.id)
        .map(({ token: _secret, ...session }) => ({ ...session, current: session.id === sessionId }));
      return c.json(pageById(all, limit, cursor));
    },
  );

  app.delete(
    '/',
    describe({
      tag,
      summary: 'Sign out everywhere else; `this=true` here too',
      description: 'Open connections end at once. Devices that were trusted need a code again.',
      status: 204,
    }),
    query(v.strictObject({ this: v.optional(v.picklist(['true', 'false'])) })),
    async (c) => {
      const { user, sessionId } = signedIn(c);
      const withThis = c.req.valid('query').this === 'true';
      const ended = sessionList.ofUser(user.id).filter(({ id }) => withThis || id !== sessionId);
      twoFactor.forgetDevices(user.id);
      await end(ended.map(({ token }) => token));
      auditUser(services, user.id, 'session-ended', { detail: { sessions: ended.length } });
      return c.body(null, 204);
    },
  );

  app.delete('/:id', describe({ tag, summary: 'Sign out one device', status: 204 }), async (c) => {
    const { user } = signedIn(c);
    const session = sessionList.ofUser(user.id).find(({ id }) => id === c.req.param('id'));
    if (session === undefined) return refuse(c, 'not-found', 'You are not signed in there (any more).');
    await end([session.token]);
    auditUser(services, user.id, 'session-ended', { detail: { sessions: 1, device: session.device } });
    return c.body(null, 204);
  });
  return app;
}
