import { refuse } from '@rapport/domain/http/api-error.node';
import { body, query } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, listQuery, pageById } from '@rapport/domain/http/list.node';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { WorkspaceSummary } from '../control/workspaces.ts';
import { requireCaller, requirePerson, type ApiEnv } from '../http/api-context.ts';
import { standingOf, type Caller } from '../http/caller.ts';
import type { Services } from '../services.ts';
import { createWorkspace } from './create-workspace.ts';
import { personName, workspaceShape } from './shapes.ts';

const me = v.object({
  user: v.nullable(v.object({ id: v.string(), name: v.string(), email: v.string() })),
  workspaces: v.array(workspaceShape),
});

/** Who I am, and the workspaces that I am in. */
export function accountRoutes(services: Services): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();

  app.get(
    '/me',
    describe({ tag: 'Account', summary: 'Who is signed in, and their workspaces', reply: me }),
    requireCaller,
    (c) => {
      const { caller } = c.var;
      const user = caller?.kind === 'session' ? caller.user : null;
      return c.json({ user, workspaces: workspacesOf(services, caller) });
    },
  );

  app.get(
    '/workspaces',
    describe({ tag: 'Workspaces', summary: 'My workspaces', reply: listOf(workspaceShape) }),
    requireCaller,
    query(v.strictObject({ limit: listQuery.limit, cursor: listQuery.cursor })),
    (c) => {
      const { limit, cursor } = c.req.valid('query');
      return c.json(pageById(workspacesOf(services, c.var.caller), limit, cursor));
    },
  );

  app.post(
    '/workspaces',
    describe({ tag: 'Workspaces', summary: 'Make a workspace; you are its admin', status: 201, reply: workspaceShape }),
    requireCaller,
    requirePerson,
    body(v.strictObject({ name: personName })),
    async (c) => {
      const { caller } = c.var;
      if (caller?.kind !== 'session') return refuse(c, 'forbidden', 'An API key cannot do this. Sign in.');
      const { summary } = await createWorkspace(services, c.req.valid('json').name, caller.user);
      return c.json(summary, 201);
    },
  );
  return app;
}

function workspacesOf(services: Services, caller: Caller | null): WorkspaceSummary[] {
  if (caller === null) return [];
  if (caller.kind === 'session') return services.workspaces.ofUser(caller.user.id);
  const workspace = services.workspaces.get(caller.workspaceId);
  const standing = standingOf(services, caller, caller.workspaceId);
  if (workspace === null || standing === null) return [];
  return [{ ...workspace, role: standing.role, memberId: standing.memberId }];
}
