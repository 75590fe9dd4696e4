import { refuse } from '@rapport/domain/http/api-error.node';
import { body, query } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import { listOf, listQuery, pageById } from '@rapport/domain/http/list.node';
import { requireRole } from '@rapport/domain/http/workspace-context.node';
import { mayAct } from '@rapport/domain/people/roles';
import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import type { InvitationRefusal } from '../control/invitations.ts';
import { requireCaller, requirePerson, type ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { email, invitationShape, role } from './shapes.ts';

const dayMs = 24 * 60 * 60 * 1000;
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90));

/** Inviting, by members of a workspace. Mounted at `/w/:ws/invitations`. */
export function invitationRoutes({ invitations, audit, publicUrl }: Services): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.post(
    '/',
    describe({
      tag: 'Invitations',
      summary: 'Invite by link (manager or admin); the link is shown once',
      description:
        'With an e-mail the link works once and for that address only; without, for everybody until it expires.',
      status: 201,
      reply: v.object({ ...invitationShape.entries, url: v.string(), token: v.string() }),
    }),
    requireRole('manager'),
    body(
      v.strictObject({
        email: v.optional(email),
        role,
        singleUse: v.optional(v.boolean()),
        expiresInDays: v.optional(days, 7),
      }),
    ),
    (c) => {
      const input = c.req.valid('json');
      const { id: workspaceId, actor } = c.var.workspace;
      if (!mayAct(actor.role, input.role))
        return refuse(c, 'forbidden', `You cannot give the role ${input.role}; yours is ${actor.role}.`);
      const { invitation, token } = audit.together(
        () =>
          invitations.create({
            workspaceId,
            email: input.email ?? null,
            role: input.role,
            singleUse: input.singleUse ?? input.email !== undefined,
            createdBy: actor.memberId,
            validMs: input.expiresInDays * dayMs,
          }),
        (made) => ({
          workspaceId,
          actor: actor.memberId,
          agent: actor.agent,
          action: 'invitation-made',
          target: made.invitation.id,
          detail: { role: input.role, forOneAddress: input.email !== undefined, days: input.expiresInDays },
        }),
      );
      return c.json({ ...invitation, url: `${publicUrl}/join/${token}`, token }, 201);
    },
  );
  app.get(
    '/',
    describe({ tag: 'Invitations', summary: 'All invitations, newest first', reply: listOf(invitationShape) }),
    requireRole('manager'),
    query(v.strictObject({ limit: listQuery.limit, cursor: listQuery.cursor })),
    (c) => {
      const { limit, cursor } = c.req.valid('query');
      return c.json(pageById(invitations.list(c.var.workspace.id), limit, cursor));
    },
  );
  app.delete(
    '/:id',
    describe({ tag: 'Invitations', summary: 'Revoke a link', status: 204 }),
    requireRole('manager'),
    (c) => {
      const { id: workspaceId, actor } = c.var.workspace;
      const target = c.req.param('id');
      const isDone = audit.together(
        () => invitations.revoke(workspaceId, target),
        (done) =>
          done
            ? { workspaceId, actor: actor.memberId, agent: actor.agent, action: 'invitation-revoked', target }
            : null,
      );
      return isDone ? c.body(null, 204) : refuse(c, 'not-found', 'There is no such invitation.');
    },
  );
  return app;
}

/** What the holder of a link does. Mounted at `/invitations`. */
export function joiningRoutes(services: Services): Hono<ApiEnv> {
  const { invitations, members, workspaces, audit } = services;
  const app = new Hono<ApiEnv>();
  app.get(
    '/:token',
    describe({
      tag: 'Invitations',
      summary: 'What a link leads to',
      description:
        'Signed in, `people` are those named by an import who have not joined: the caller may be one of them.',
      isPublic: true,
      reply: v.object({
        workspace: v.object({ name: v.string() }),
        inviter: v.nullable(v.object({ name: v.string(), colour: v.number() })),
        email: v.nullable(v.string()),
        role,
        people: v.array(v.object({ id: v.string(), name: v.string() })),
      }),
    }),
    (c) => {
      const found = invitations.look(c.req.param('token'));
      if (!found.ok) return refuseInvitation(c, found.error);
      const { workspaceId, createdBy, status, email: invited, role: offered } = found.value;
      if (status !== 'open') return refuseInvitation(c, 'no-longer-valid');
      const inviter = members.get(workspaceId, createdBy);
      const pending =
        c.var.caller === null ? [] : members.list(workspaceId).filter((member) => member.status === 'pending');
      return c.json({
        workspace: { name: workspaces.get(workspaceId)?.name ?? '' },
        inviter: inviter === null ? null : { name: inviter.name, colour: inviter.colour },
        email: invited,
        role: offered,
        people: pending.map(({ id, name }) => ({ id, name })),
      });
    },
  );
  app.post(
    '/:token/accept',
    describe({
      tag: 'Invitations',
      summary: 'Join',
      description:
        '`as` is the id of a person named by an import whom the caller becomes; the same e-mail does it by itself.',
      reply: v.object({ workspaceId: v.string(), memberId: v.string() }),
    }),
    requireCaller,
    requirePerson,
    body(v.strictObject({ as: v.optional(v.string()) })),
    (c) => {
      const { caller } = c.var;
      if (caller?.kind !== 'session') return refuse(c, 'forbidden', 'An API key cannot do this. Sign in.');
      const joined = audit.together(
        () => invitations.accept(c.req.param('token'), caller.user, c.req.valid('json').as),
        (done) =>
          done.ok && done.value.used !== null
            ? {
                workspaceId: done.value.workspaceId,
                actor: done.value.memberId,
                action: 'invitation-used',
                target: done.value.used.id,
                detail: { role: done.value.used.role },
              }
            : null,
      );
      if (!joined.ok) return refuseInvitation(c, joined.error);
      const { workspaceId, memberId } = joined.value;
      return c.json({ workspaceId, memberId });
    },
  );
  return app;
}

function refuseInvitation(c: Context, refusal: InvitationRefusal): Response {
  switch (refusal) {
    case 'no-such-invitation':
      return refuse(c, 'not-found', 'This invitation does not exist. Ask for a new link.');
    case 'no-longer-valid':
      return refuse(c, 'gone', 'This invitation was used, revoked or has expired. Ask for a new link.');
    case 'for-somebody-else':
      return refuse(
        c,
        'forbidden',
        'This invitation is for another e-mail address. Sign in with that one, or ask for a new link.',
      );
    case 'no-such-pending-person':
      return refuse(c, 'invalid', 'as is not a person who is waiting to join.', {
        as: 'is not a person who is waiting to join',
      });
  }
}
