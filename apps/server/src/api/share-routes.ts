import { levels, mayShare, sharedWith, type Share } from '@rapport/domain/access/board-access';
import { refuse } from '@rapport/domain/http/api-error.node';
import { body } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import type { WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import { mayAct } from '@rapport/domain/people/roles';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { accessChanged } from '../sockets/access-changes.ts';

const tag = 'Boards';
const missing = 'There is no such board.';
const level = v.picklist(levels);
const grant = v.strictObject({ to: v.picklist(['team', 'member']), id: v.string(), level });
const owner = v.optional(v.pipe(v.string(), v.description('A member’s id; an admin or the owner may hand it over')));
const wanted = v.variant('kind', [
  v.strictObject({ kind: v.literal('everyone'), level, owner }),
  v.strictObject({ kind: v.literal('restricted'), grants: v.pipe(v.array(grant), v.maxLength(500)), owner }),
]);
const shareReply = v.object({
  kind: v.picklist(['everyone', 'restricted']),
  level: v.pipe(v.nullable(level), v.description('Of `everyone`')),
  grants: v.array(grant),
  owner: v.nullable(v.string()),
  access: v.pipe(level, v.description('What you may do')),
  mayChange: v.boolean(),
});

/** With whom a board is shared. Mounted at `/w/:ws/boards`. */
export function shareRoutes(services: Services): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const isThere = (ws: WorkspaceContext, id: string) =>
    ws.query.get('SELECT 1 FROM boards WHERE id = ?', [id]) !== undefined;
  const shown = (ws: WorkspaceContext, id: string) => {
    const share = ws.shareOf(id);
    const access = ws.accessTo(id);
    return {
      kind: share.kind,
      level: share.kind === 'everyone' ? share.level : null,
      grants: share.kind === 'everyone' ? [] : share.grants,
      owner: share.owner,
      access,
      mayChange: mayShare(ws.actor, share, access),
    };
  };
  app.get('/:id/share', describe({ tag, summary: 'With whom a board is shared', reply: shareReply }), (c) => {
    const ws = c.var.workspace;
    const id = c.req.param('id');
    return isThere(ws, id) ? c.json(shown(ws, id)) : refuse(c, 'not-found', missing);
  });
  app.put(
    '/:id/share',
    describe({
      tag,
      summary: 'Share a board',
      description:
        'With everyone, or with teams and people, to view or to edit; restricted without grants is private. Roles cap it: a ' +
        'viewer edits nowhere, and admins open everything. For the owner, an admin, or a manager who may edit the board. ' +
        'Takes effect on open connections at once.',
      reply: shareReply,
    }),
    body(wanted),
    async (c) => {
      const ws = c.var.workspace;
      const id = c.req.param('id');
      if (!isThere(ws, id)) return refuse(c, 'not-found', missing);
      const { access: book } = await services.host.open(ws.id);
      const before = book.share(id);
      if (!mayShare(ws.actor, before, ws.accessTo(id)))
        return refuse(c, 'forbidden', 'Only the owner of a board, a manager who may edit it, or an admin shares it.');
      const input = c.req.valid('json');
      const next = input.owner ?? before.owner ?? ws.actor.memberId;
      const isHandedOver = next !== before.owner && before.owner !== null;
      if (isHandedOver && before.owner !== ws.actor.memberId && !mayAct(ws.actor.role, 'admin'))
        return refuse(c, 'forbidden', 'Only its owner or an admin hands a board over.');
      const newOwner = services.members.get(ws.id, next);
      if (isHandedOver && newOwner?.status !== 'active')
        return refuse(c, 'invalid', 'owner is not a member.', { owner: 'is not a member' });
      if (input.kind === 'restricted')
        for (const { to, id: to_ } of input.grants) {
          const known = to === 'team' ? book.team(to_) !== null : services.members.get(ws.id, to_) !== null;
          if (!known)
            return refuse(c, 'invalid', `grants has a ${to} that does not exist.`, { grants: `no ${to} ${to_}` });
        }
      const share: Share =
        input.kind === 'everyone'
          ? { kind: 'everyone', level: input.level, owner: next }
          : {
              kind: 'restricted',
              grants: [...new Map(input.grants.map((g) => [`${g.to} ${g.id}`, g])).values()],
              owner: next,
            };
      book.setShare(id, share);
      ws.audit('share-changed', {
        target: id,
        detail: {
          shared: sharedWith(share),
          ...(share.kind === 'everyone' ? { level: share.level } : { grants: share.grants.length }),
          ...(isHandedOver ? { owner: next } : {}),
        },
      });
      accessChanged(services, ws.id);
      return c.json(shown(ws, id));
    },
  );
  return app;
}
