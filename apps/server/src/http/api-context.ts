import { err, ok } from '@rapport/doc/result';
import { mayShare, sharedWith, type Share, type Who } from '@rapport/domain/access/share';
import type { Audit } from '@rapport/domain/audit/actions';
import { refuse } from '@rapport/domain/http/api-error.node';
import type { WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import type { Via } from '@rapport/sync/server/ports';
import type { MiddlewareHandler } from 'hono';
import { accessChanged } from '../sockets/access-changes.ts';
import { demandEdit, guardHub } from '../access/guard-hub.ts';
import type { Services } from '../services.ts';
import type { OpenWorkspace } from '../workspaces/workspace-host.ts';
import { findCaller, standingOf, type Caller, type Standing } from './caller.ts';
import { isOwnOrigin } from './origin.ts';
import type { makeRateLimit } from './rate-limit.ts';

export interface ApiEnv {
  Variables: { caller: Caller | null; workspace: WorkspaceContext };
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The API key of a request, if it brings one. */
export const bearerKey = (header: string | undefined): string | null =>
  /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? null;

/**
 * Finds who calls, limits how often, and refuses writes that another site's page sent with a person's cookie. Routes
 * that need a caller take `requireCaller` after this.
 */
export function identify(services: Services, rate: ReturnType<typeof makeRateLimit>): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = bearerKey(c.req.header('authorization'));
    const caller = await findCaller(services, { key, cookie: c.req.header('cookie') });
    if (key !== null && caller === null) return refuse(c, 'not-signed-in', 'This API key is not valid or was revoked.');
    if (caller !== null) {
      const turn = rate.take(caller.kind === 'key' ? `key ${caller.keyId}` : `user ${caller.user.id}`);
      if (!turn.ok) {
        c.header('Retry-After', String(turn.retryAfterSeconds));
        return refuse(c, 'rate-limited', `Too many requests. Try again in ${turn.retryAfterSeconds} s.`);
      }
    }
    if (caller?.kind === 'session') {
      const isOurs = isOwnOrigin(c.req.header('origin'), c.req.header('host'), services.publicUrl);
      if (!safeMethods.has(c.req.method) && !isOurs)
        return refuse(c, 'forbidden', `A signed-in change must come from ${services.publicUrl} (Origin header).`);
      for (const line of caller.renewal) c.header('Set-Cookie', line, { append: true });
    }
    c.set('caller', caller);
    return next();
  };
}

export const requireCaller: MiddlewareHandler<ApiEnv> = async (c, next) =>
  c.var.caller === null ? refuse(c, 'not-signed-in', 'Sign in, or send an API key.') : next();

/** For what a person does, not a program: a key belongs to one workspace and cannot make or join others. */
export const requirePerson: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if (c.var.caller?.kind !== 'session') return refuse(c, 'forbidden', 'An API key cannot do this. Sign in.');
  return next();
};

/** Opens `:ws` for its members. Others hear the same, whether or not it exists. */
export function enterWorkspace(services: Services): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { caller } = c.var;
    if (caller === null) return refuse(c, 'not-signed-in', 'Sign in, or send an API key.');
    const id = c.req.param('ws') ?? '';
    const standing = standingOf(services, caller, id);
    if (standing === null) return refuse(c, 'forbidden', 'You are not a member of this workspace.');
    c.set('workspace', workspaceContext(services, await services.host.open(id), standing));
    return next();
  };
}

const isOpen = (share: Share): boolean => share.kind === 'everyone' && share.level === 'edit';

export function workspaceContext(services: Services, workspace: OpenWorkspace, standing: Standing): WorkspaceContext {
  const { members } = services;
  const { id, access } = workspace;
  const { memberId, name, colour, role, agent } = standing;
  const who: Who = { memberId, role };
  const accessTo = (thing: string) => access.accessOf(who, thing);
  const audit: Audit = (action, { target, detail } = {}) =>
    services.audit.record({ workspaceId: id, actor: memberId, agent, action, target, detail });
  // Asked anew by every read: an import goes on for minutes, and what is shared may change meanwhile.
  const { query, read } = workspace.seenWithout(() => access.hiddenFrom(who));
  const isKnown = (thing: string): boolean =>
    services.nouns.some(({ shareable = [] }) =>
      shareable.some(({ table }) => workspace.query.get(`SELECT 1 FROM ${table} WHERE id = ?`, [thing]) !== undefined),
    );
  return {
    id,
    hub: guardHub(workspace.hub, accessTo),
    commentHub: guardHub(workspace.hub, accessTo, 'comment'),
    query,
    read,
    everyRow: workspace.query,
    accessTo,
    shareOf: access.share,
    shareNew: (thing, share) => access.setShare(thing, { ...share, owner: memberId }),
    parentOf: access.parentOf,
    placeIn(thing, parent) {
      demandEdit(accessTo(thing));
      if (parent !== null) demandEdit(accessTo(parent));
      if (parent !== null && access.isIn(parent, thing)) return err('in-itself');
      const [before, wasIn] = [access.share(thing), access.parentOf(thing)];
      if (wasIn === parent) return ok(null);
      // “With everybody” is what is said of everything new; in a folder it must not outdo the folder's own share.
      // That is the owner's to give up: else somebody could take a thing from its owner by moving it into a drawer of theirs.
      const mayDrop = access.hasOwnShare(thing) && isOpen(before) && mayShare(who, before, accessTo(thing));
      if (parent !== null && mayDrop) access.dropShare(thing);
      access.setParent(thing, parent);
      const after = access.share(thing);
      if (after === before) return ok(null);
      // Of what is new nobody knows yet, and its share is its folder's from the beginning.
      if (wasIn === null && !isKnown(thing)) return ok(null);
      audit('share-changed', { target: thing, detail: { shared: sharedWith(after), in: parent } });
      accessChanged(services, id);
      return ok(null);
    },
    duplicates: workspace.duplicates,
    people: {
      list: (include) => members.list(id, include),
      get: (memberId) => members.get(id, memberId),
      ensurePending: (names) => members.ensurePending(id, names),
      bring: (people) => members.bring(id, people),
      dropAddresses: (given) => members.dropAddresses(id, given),
      dropPending: (ids) => members.dropPending(id, ids),
    },
    teams: {
      list: () => access.teams(),
      save(team) {
        const action = access.team(team.id) === null ? 'team-made' : 'team-changed';
        access.saveTeam(team);
        audit(action, { target: team.id, detail: { members: team.members.length } });
        accessChanged(services, id);
      },
      drop(team) {
        access.deleteTeam(team);
        audit('team-deleted', { target: team });
        accessChanged(services, id);
      },
      isGranted: (team) => access.sharedWithTeam(team).length > 0,
    },
    actor: { memberId, name, colour, role, ...(agent === undefined ? {} : { agent }) },
    audit,
    author(via: Via = 'rest', by = agent) {
      return { actor: memberId, via, ...(by === undefined ? {} : { agent: by }) };
    },
  };
}
