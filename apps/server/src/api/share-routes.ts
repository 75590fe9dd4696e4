import type { ShareableTable } from '@rapport/domain/access/row-owners';
import { levels, mayShare, sharedWith, type Share } from '@rapport/domain/access/share';
import { refuse } from '@rapport/domain/http/api-error.node';
import { body } from '@rapport/domain/http/body.node';
import { describe } from '@rapport/domain/http/describe.node';
import type { WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import { mayAct } from '@rapport/domain/people/roles';
import { Hono } from 'hono';
import * as v from 'valibot';
import type { AccessBook } from '../access/access-book.ts';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { accessChanged } from '../sockets/access-changes.ts';

const level = v.picklist(levels);
const grant = v.strictObject({ to: v.picklist(['team', 'member']), id: v.string(), level });
const owner = v.optional(v.pipe(v.string(), v.description('A member’s id; an admin or the owner may hand it over')));
const wanted = v.variant('kind', [
  v.strictObject({ kind: v.literal('everyone'), level, owner }),
  v.strictObject({ kind: v.literal('restricted'), grants: v.pipe(v.array(grant), v.maxLength(500)), owner }),
  v.pipe(
    v.strictObject({ kind: v.literal('inherited') }),
    v.description('As what it lies in is shared: nothing is said of the thing itself any more'),
  ),
]);
type Wanted = v.InferOutput<typeof wanted>;
const shareReply = v.object({
  kind: v.picklist(['everyone', 'restricted']),
  level: v.pipe(v.nullable(level), v.description('Of `everyone`')),
  grants: v.array(grant),
  owner: v.nullable(v.string()),
  inherits: v.pipe(v.boolean(), v.description('From what it lies in; nothing was said of the thing itself')),
  parent: v.pipe(v.nullable(v.string()), v.description('What it lies in, by id')),
  access: v.pipe(level, v.description('What you may do')),
  mayChange: v.boolean(),
});

/** With whom a thing of any kind is shared, by its id. Mounted at `/w/:ws/shares`. */
export const shareRoutes = (services: Services): Hono<ApiEnv> =>
  routesAt(services, '/:id', {
    tag: 'Sharing',
    what: 'thing',
    tables: services.nouns.flatMap(({ shareable = [] }) => shareable),
  });

/** The same under a board's own address. Mounted at `/w/:ws/boards`. */
export const boardShareRoutes = (services: Services): Hono<ApiEnv> =>
  routesAt(services, '/:id/share', {
    tag: 'Boards',
    what: 'board',
    tables: services.nouns.flatMap(({ shareable = [] }) => shareable.filter(({ noun }) => noun === 'board')),
  });

interface Kind {
  readonly tag: string;
  readonly what: string;
  readonly tables: readonly ShareableTable[];
}

function routesAt(services: Services, path: '/:id' | '/:id/share', { tag, what, tables }: Kind): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  const missing = `There is no such ${what}.`;
  const isThere = (ws: WorkspaceContext, id: string) =>
    tables.some(({ table }) => ws.query.get(`SELECT 1 FROM ${table} WHERE id = ?`, [id]) !== undefined);
  const bookOf = async (ws: WorkspaceContext) => (await services.host.open(ws.id)).access;

  app.get(path, describe({ tag, summary: `With whom a ${what} is shared`, reply: shareReply }), async (c) => {
    const ws = c.var.workspace;
    const id = c.req.param('id');
    return isThere(ws, id) ? c.json(shown(ws, await bookOf(ws), id)) : refuse(c, 'not-found', missing);
  });
  app.put(
    path,
    describe({
      tag,
      summary: `Share a ${what}`,
      description:
        'With everyone, or with teams and people, to view, to comment (notes) or to edit; restricted without grants is ' +
        'private. What lies in something else is shared as that is, unless something was said of it. Roles cap it: a ' +
        `viewer writes nowhere, and admins open everything. For the owner, an admin, or a manager who may edit the ${what}. ` +
        'Takes effect on open connections at once.',
      reply: shareReply,
    }),
    body(wanted),
    async (c) => {
      const ws = c.var.workspace;
      const id = c.req.param('id');
      if (!isThere(ws, id)) return refuse(c, 'not-found', missing);
      const book = await bookOf(ws);
      const before = book.share(id);
      if (!mayShare(ws.actor, before, ws.accessTo(id)))
        return refuse(c, 'forbidden', `Only the owner of a ${what}, a manager who may edit it, or an admin shares it.`);
      const input = c.req.valid('json');
      if (input.kind === 'inherited') {
        if (book.parentOf(id) === null)
          return refuse(c, 'invalid', 'It lies in nothing whose share it could have.', { kind: 'lies in nothing' });
        book.dropShare(id);
        ws.audit('share-changed', { target: id, detail: { shared: sharedWith(book.share(id)), inherits: true } });
        accessChanged(services, ws.id);
        return ws.accessTo(id) === 'none' ? c.body(null, 204) : c.json(shown(ws, book, id));
      }
      const next = input.owner ?? before.owner ?? ws.actor.memberId;
      const isHandedOver = next !== before.owner && before.owner !== null;
      if (isHandedOver && before.owner !== ws.actor.memberId && !mayAct(ws.actor.role, 'admin'))
        return refuse(c, 'forbidden', `Only its owner or an admin hands a ${what} over.`);
      const newOwner = services.members.get(ws.id, next);
      if (isHandedOver && newOwner?.status !== 'active')
        return refuse(c, 'invalid', 'owner is not a member.', { owner: 'is not a member' });
      const stranger = strangerIn(services, ws, book, input);
      if (stranger !== undefined)
        return refuse(c, 'invalid', `grants has a ${stranger.to} that does not exist.`, {
          grants: `no ${stranger.to} ${stranger.id}`,
        });
      const share = shareOf(input, next);
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
      return ws.accessTo(id) === 'none' ? c.body(null, 204) : c.json(shown(ws, book, id));
    },
  );
  return app;
}

function shown(ws: WorkspaceContext, book: AccessBook, id: string) {
  const share = book.share(id);
  const access = ws.accessTo(id);
  return {
    kind: share.kind,
    level: share.kind === 'everyone' ? share.level : null,
    grants: share.kind === 'everyone' ? [] : share.grants,
    owner: share.owner,
    inherits: !book.hasOwnShare(id) && book.parentOf(id) !== null,
    parent: book.parentOf(id),
    access,
    mayChange: mayShare(ws.actor, share, access),
  };
}

/** The first grant to a team or a person that is not here. */
function strangerIn(services: Services, ws: WorkspaceContext, book: AccessBook, input: Wanted) {
  if (input.kind !== 'restricted') return undefined;
  return input.grants.find(({ to, id }) =>
    to === 'team' ? book.team(id) === null : services.members.get(ws.id, id) === null,
  );
}

function shareOf(input: Exclude<Wanted, { kind: 'inherited' }>, owner: string): Share {
  if (input.kind === 'everyone') return { kind: 'everyone', level: input.level, owner };
  const grants = [...new Map(input.grants.map((each) => [`${each.to} ${each.id}`, each])).values()];
  return { kind: 'restricted', grants, owner };
}
