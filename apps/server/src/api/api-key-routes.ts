import { refuse } from '@rapport/domain/http/api-error.node';
import { body, query } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, listQuery, pageById } from '@rapport/domain/http/list.node';
import { mayAct } from '@rapport/domain/people/roles';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { endKey } from '../sockets/access-changes.ts';
import { apiKeyShape, personName, role } from './shapes.ts';

/** API keys: everybody has their own; an admin sees and revokes all. Mounted at `/w/:ws/api-keys`. */
export function apiKeyRoutes(services: Services): Hono<ApiEnv> {
  const { apiKeys, audit } = services;
  const app = new Hono<ApiEnv>();
  app.post(
    '/',
    describe({
      tag: 'API keys',
      summary: 'Make a key; it is shown once',
      description: 'It acts as the member who made it, at most with its role.',
      status: 201,
      reply: v.object({ ...apiKeyShape.entries, key: v.string() }),
    }),
    body(v.strictObject({ name: personName, role })),
    (c) => {
      const input = c.req.valid('json');
      const { id: workspaceId, actor } = c.var.workspace;
      if (!mayAct(actor.role, input.role))
        return refuse(c, 'forbidden', `You cannot give the role ${input.role}; yours is ${actor.role}.`);
      const { memberId, agent } = actor;
      const { apiKey, key } = audit.together(
        () => apiKeys.create({ workspaceId, memberId, name: input.name, role: input.role }),
        (made) => ({
          workspaceId,
          actor: memberId,
          agent,
          action: 'key-made',
          target: made.apiKey.id,
          detail: { role: input.role },
        }),
      );
      return c.json({ ...apiKey, key }, 201);
    },
  );
  app.get(
    '/',
    describe({ tag: 'API keys', summary: 'My keys; an admin sees all', reply: listOf(apiKeyShape) }),
    query(v.strictObject({ limit: listQuery.limit, cursor: listQuery.cursor })),
    (c) => {
      const { limit, cursor } = c.req.valid('query');
      const { id, actor } = c.var.workspace;
      const visible = apiKeys.list(id).filter((key) => key.memberId === actor.memberId || mayAct(actor.role, 'admin'));
      return c.json(pageById(visible, limit, cursor));
    },
  );
  app.delete('/:id', describe({ tag: 'API keys', summary: 'Revoke a key', status: 204 }), (c) => {
    const { id: workspaceId, actor } = c.var.workspace;
    const key = apiKeys.list(workspaceId).find((each) => each.id === c.req.param('id'));
    // Other people's keys look the same as none to those who may not manage them.
    if (key === undefined || (key.memberId !== actor.memberId && !mayAct(actor.role, 'admin')))
      return refuse(c, 'not-found', 'There is no such key.');
    audit.together(
      () => apiKeys.revoke(key.id),
      () => ({ workspaceId, actor: actor.memberId, agent: actor.agent, action: 'key-revoked', target: key.id }),
    );
    endKey(services, key.id);
    return c.body(null, 204);
  });
  return app;
}
