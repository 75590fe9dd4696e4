import { mayAct, type Role } from '../people/roles.ts';

/** How far a share goes, from least to most. `comment` means something on notes; on anything else it is `view`. */
export const levels = ['view', 'comment', 'edit'] as const;
export type Level = (typeof levels)[number];

/** What somebody may do with a thing, a board's archives included. */
export type ThingAccess = 'none' | Level;

/** A team or a person whom something is shared with. */
export interface Grant {
  readonly to: 'team' | 'member';
  readonly id: string;
  readonly level: Level;
}

/** With whom something is shared. Restricted without grants is private: its owner alone. */
export type Share = { readonly owner: string | null } & (
  | { readonly kind: 'everyone'; readonly level: Level }
  | { readonly kind: 'restricted'; readonly grants: readonly Grant[] }
);

export interface Team {
  readonly id: string;
  readonly name: string;
  /** Ids of members, by when they joined the workspace. */
  readonly members: readonly string[];
}

/** Whose access is asked for: a member with the role that this request or connection has. */
export interface Who {
  readonly memberId: string;
  readonly role: Role;
}

/** Of something that nobody has said anything about. */
export const openShare: Share = { kind: 'everyone', level: 'edit', owner: null };

/** Its owner's alone; whoever is told of it as its maker is the owner. */
export const privateShare: Share = { kind: 'restricted', grants: [], owner: null };

const weight: Readonly<Record<ThingAccess, number>> = { none: 0, view: 1, comment: 2, edit: 3 };

/** Whether what somebody has is enough for what is wanted. */
export const covers = (has: ThingAccess, wanted: ThingAccess): boolean => weight[has] >= weight[wanted];

/**
 * The one answer to who may open what. `inTeam` says whether this person is in a team. Roles cap it: a viewer writes
 * nowhere, and an admin opens everything, so that no work is lost with the person who locked it (docs/adr/0011).
 */
export function thingAccess({ memberId, role }: Who, share: Share, inTeam: (teamId: string) => boolean): ThingAccess {
  if (mayAct(role, 'admin')) return 'edit';
  const given = givenAccess(memberId, share, inTeam);
  return mayAct(role, 'member') || given === 'none' ? given : 'view';
}

/** What the share itself gives, before roles. */
export function givenAccess(memberId: string, share: Share, inTeam: (teamId: string) => boolean): ThingAccess {
  if (share.owner === memberId) return 'edit';
  if (share.kind === 'everyone') return share.level;
  let best: ThingAccess = 'none';
  for (const { to, id, level } of share.grants) {
    const isMine = to === 'member' ? id === memberId : inTeam(id);
    if (isMine && !covers(best, level)) best = level;
  }
  return best;
}

/** Whether this person may say with whom a thing is shared: its owner, an admin, a manager who may edit it. */
export function mayShare(who: Who, share: Share, access: ThingAccess): boolean {
  if (access !== 'edit') return false;
  return share.owner === who.memberId || mayAct(who.role, 'manager');
}

/** In one word, for a list. */
export type Shared = 'everyone' | 'some' | 'private';

export const sharedWith = (share: Share): Shared =>
  share.kind === 'everyone' ? 'everyone' : share.grants.length === 0 ? 'private' : 'some';
