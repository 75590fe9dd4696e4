import { refuse } from '@rapport/domain/http/api-error.node';
import { body, query } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, listQuery, pageById } from '@rapport/domain/http/list.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import type { Member } from '@rapport/domain/people/member';
import { mayAct } from '@rapport/domain/people/roles';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import type { MemberOfWorkspace } from '../control/members.ts';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { accessChanged, endMembership } from '../sockets/access-changes.ts';
import { awayUntil, colour, memberShape, personName, role, workspaceShape } from './shapes.ts';

const shown = ({ id, name, email, colour, role, status, awayUntil: until = null }: MemberOfWorkspace): Member => ({
  id,
  name,
  email,
  colour,
  role,
  awayUntil: until,
  status,
});

/** The people of a workspace: who they are, how they look, what they may do. Mounted at `/w/:ws`. */
export function memberRoutes(services: Services): Hono<ApiEnv> {
  const { members, workspaces, audit } = services;
  const app = new Hono<ApiEnv>();
  const own = (c: Context<ApiEnv>) => members.get(c.var.workspace.id, c.var.workspace.actor.memberId);
  const summary = (c: Context<ApiEnv>) => {
    const { id, actor } = c.var.workspace;
    const workspace = workspaces.get(id);
    return workspace === null ? null : { ...workspace, role: actor.role, memberId: actor.memberId };
  };

  app.get('/', describe({ tag: 'Workspaces', summary: 'One workspace', reply: workspaceShape }), (c) =>
    c.json(summary(c)),
  );
  app.patch(
    '/',
    describe({ tag: 'Workspaces', summary: 'Rename the workspace (admin)', reply: workspaceShape }),
    requireRole('admin'),
    body(v.strictObject({ name: personName })),
    (c) => {
      const { id, actor } = c.var.workspace;
      audit.together(
        () => workspaces.rename(id, c.req.valid('json').name),
        () => ({ workspaceId: id, actor: actor.memberId, agent: actor.agent, action: 'workspace-renamed', target: id }),
      );
      return c.json(summary(c));
    },
  );

  app.get('/me', describe({ tag: 'People', summary: 'Who I am here', reply: memberShape }), (c) => {
    const member = own(c);
    return member === null
      ? refuse(c, 'not-found', 'You left this workspace.')
      : c.json(shown({ ...member, role: c.var.workspace.actor.role }));
  });
  app.patch(
    '/me',
    describe({ tag: 'People', summary: 'Change my name and colour, or say until when I am away', reply: memberShape }),
    body(
      v.strictObject({ name: v.optional(personName), colour: v.optional(colour), awayUntil: v.optional(awayUntil) }),
    ),
    (c) => update(c, c.var.workspace.actor.memberId, c.req.valid('json')),
  );

  app.get(
    '/members',
    describe({
      tag: 'People',
      summary: 'The people here; `include=removed` adds those who left',
      reply: listOf(memberShape),
    }),
    query(
      v.strictObject({
        limit: listQuery.limit,
        cursor: listQuery.cursor,
        q: listQuery.q,
        include: v.optional(v.literal('removed')),
      }),
    ),
    (c) => {
      const { limit, cursor, q, include } = c.req.valid('query');
      const found = members
        .list(c.var.workspace.id, { removed: include === 'removed' })
        .filter(
          (member) => q === undefined || `${member.name} ${member.email ?? ''}`.toLowerCase().includes(q.toLowerCase()),
        );
      return c.json(pageById(found.map(shown), limit, cursor));
    },
  );

  app.patch(
    '/members/:id',
    describe({
      tag: 'People',
      summary: 'Change a role (admin), or name, colour and until when somebody is away (one’s own, or admin)',
      reply: memberShape,
    }),
    body(
      v.strictObject({
        name: v.optional(personName),
        colour: v.optional(colour),
        role: v.optional(role),
        awayUntil: v.optional(awayUntil),
      }),
    ),
    (c) => {
      const patch = c.req.valid('json');
      const { actor, id: workspaceId } = c.var.workspace;
      const id = c.req.param('id');
      const isAdmin = mayAct(actor.role, 'admin');
      if (!isAdmin && (id !== actor.memberId || patch.role !== undefined))
        return refuse(c, 'forbidden', 'Only an admin changes roles and other people.');
      const member = members.get(workspaceId, id);
      if (member === null || member.status === 'removed')
        return refuse(c, 'not-found', 'There is no such person here.');
      if (patch.role !== undefined && patch.role !== 'admin' && members.isLastAdmin(workspaceId, id))
        return refuse(c, 'conflict', 'This is the last admin. Make somebody else an admin first.');
      return update(c, id, patch);
    },
  );

  app.delete(
    '/members/:id',
    describe({
      tag: 'People',
      summary: 'Remove a person (admin), or leave',
      description:
        '`dealsTo` is who gets their open deals and tasks, contacts and companies: a member’s id, or `none`. Without it their ' +
        'name stays on them.',
      status: 204,
    }),
    query(v.strictObject({ dealsTo: v.optional(v.string()) })),
    async (c) => {
      const { actor, id: workspaceId } = c.var.workspace;
      const id = c.req.param('id');
      const { dealsTo } = c.req.valid('query');
      if (id !== actor.memberId && !mayAct(actor.role, 'admin'))
        return refuse(c, 'forbidden', 'Only an admin removes people.');
      const member = members.get(workspaceId, id);
      if (member === null || member.status === 'removed')
        return refuse(c, 'not-found', 'There is no such person here.');
      if (members.isLastAdmin(workspaceId, id))
        return refuse(c, 'conflict', 'This is the last admin. Make somebody else an admin first.');
      const heir = dealsTo === 'none' ? null : dealsTo;
      if (heir !== undefined && !mayInherit(c, heir, id)) return refuseHeir(c, 'dealsTo');
      // Who leaves can only write before they left; who is removed may go on writing until they are.
      if (heir !== undefined && id === actor.memberId) await handOver(c, id, heir);
      audit.together(
        () => members.remove(workspaceId, id),
        () => ({
          workspaceId,
          actor: actor.memberId,
          agent: actor.agent,
          action: id === actor.memberId ? 'member-left' : 'member-removed',
          target: id,
        }),
      );
      endMembership(services, workspaceId, id);
      if (heir !== undefined && id !== actor.memberId) await handOver(c, id, heir);
      return c.body(null, 204);
    },
  );

  app.post(
    '/members/:id/hand-over',
    describe({
      tag: 'People',
      summary: 'Give the open deals and tasks, contacts and companies of a person to another, or to nobody (admin)',
      description: 'Ordinary edits, live for everyone. The person may have left.',
      reply: v.object({ deals: v.number() }),
    }),
    requireRole('admin'),
    body(v.strictObject({ to: v.nullable(v.string()) })),
    async (c) => {
      const id = c.req.param('id');
      const { to } = c.req.valid('json');
      if (members.get(c.var.workspace.id, id) === null) return refuse(c, 'not-found', 'There is no such person here.');
      if (!mayInherit(c, to, id)) return refuseHeir(c, 'to');
      return c.json({ deals: await handOver(c, id, to) });
    },
  );

  const mayInherit = (c: Context<ApiEnv>, heir: string | null, from: string): boolean => {
    const { id: workspaceId, actor } = c.var.workspace;
    if (!mayAct(actor.role, 'member')) return false;
    return heir === null || (heir !== from && (members.get(workspaceId, heir)?.status ?? 'removed') !== 'removed');
  };
  const refuseHeir = (c: Context<ApiEnv>, field: string) =>
    refuse(c, 'invalid', `${field} is not a person who can take these deals.`, {
      [field]: 'is not a person who can take these deals',
    });
  const handOver = async (c: Context<ApiEnv>, from: string, to: string | null): Promise<number> => {
    const { workspace } = c.var;
    let deals = 0;
    for (const noun of services.nouns) deals += (await noun.handOver?.(workspace, from, to, services.nounDeps)) ?? 0;
    workspace.audit('deals-reassigned', { target: from, detail: { to, deals } });
    return deals;
  };

  const update = (c: Context<ApiEnv>, id: string, patch: Patch) => {
    const { id: workspaceId } = c.var.workspace;
    const { actor } = c.var.workspace;
    const before = members.get(workspaceId, id)?.role ?? null;
    audit.together(
      () => members.update(workspaceId, id, present(patch)),
      () =>
        patch.role === undefined || patch.role === before
          ? null
          : {
              workspaceId,
              actor: actor.memberId,
              agent: actor.agent,
              action: 'role-changed',
              target: id,
              detail: { from: before, to: patch.role },
            },
    );
    if (patch.role !== undefined) accessChanged(services, workspaceId);
    const member = members.get(workspaceId, id);
    return member === null ? refuse(c, 'not-found', 'There is no such person here.') : c.json(shown(member));
  };
  return app;
}

interface Patch {
  readonly name?: string | undefined;
  readonly colour?: number | undefined;
  readonly role?: Member['role'] | undefined;
  readonly awayUntil?: string | null | undefined;
}

const present = ({ name, colour, role, awayUntil: until }: Patch) => ({
  ...(until === undefined ? {} : { awayUntil: until }),
  ...(name === undefined ? {} : { name }),
  ...(colour === undefined ? {} : { colour }),
  ...(role === undefined ? {} : { role }),
});
