import { mayAct, type Role } from '../people/roles.ts';

/** How far a share goes. */
export const levels = ['view', 'edit'] as const;
export type Level = (typeof levels)[number];

/** What somebody may do with a board and everything on it, its archives included. */
export type BoardAccess = 'none' | Level;

/** A team or a person whom a board is shared with. */
export interface Grant {
  readonly to: 'team' | 'member';
  readonly id: string;
  readonly level: Level;
}

/** With whom a board is shared. Restricted without grants is private: its owner alone. */
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

/** Of a board that nobody has said anything about. */
export const openShare: Share = { kind: 'everyone', level: 'edit', owner: null };

/** Whether what somebody has is enough for what is wanted. */
export const covers = (has: BoardAccess, wanted: BoardAccess): boolean =>
  wanted === 'none' || has === 'edit' || has === wanted;

/**
 * The one answer to who may open what. `inTeam` says whether this person is in a team. Roles cap it: a viewer edits
 * nowhere, and an admin opens everything, so that no work is lost with the person who locked it (docs/adr/0011).
 */
export function boardAccess({ memberId, role }: Who, share: Share, inTeam: (teamId: string) => boolean): BoardAccess {
  const given = givenAccess(memberId, share, inTeam);
  if (mayAct(role, 'admin')) return 'edit';
  return given === 'edit' && !mayAct(role, 'member') ? 'view' : given;
}

/** What the share itself gives, before roles. */
export function givenAccess(memberId: string, share: Share, inTeam: (teamId: string) => boolean): BoardAccess {
  if (share.owner === memberId) return 'edit';
  if (share.kind === 'everyone') return share.level;
  let best: BoardAccess = 'none';
  for (const { to, id, level } of share.grants) {
    const isMine = to === 'member' ? id === memberId : inTeam(id);
    if (isMine && !covers(best, level)) best = level;
  }
  return best;
}

/** Whether this person may say with whom the board is shared: its owner, an admin, a manager who may edit it. */
export function mayShare(who: Who, share: Share, access: BoardAccess): boolean {
  if (access !== 'edit') return false;
  return share.owner === who.memberId || mayAct(who.role, 'manager');
}

/** In one word, for a list. */
export type Shared = 'everyone' | 'some' | 'private';

export const sharedWith = (share: Share): Shared =>
  share.kind === 'everyone' ? 'everyone' : share.grants.length === 0 ? 'private' : 'some';
