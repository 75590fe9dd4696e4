import type { Shared } from '@rapport/domain/access/share';
import type { Role } from '@rapport/domain/people/roles';

/** What the API answers with, as far as the shell uses it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface WorkspaceSummary {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly memberId: string;
}

export interface Me {
  readonly user: User | null;
  readonly workspaces: readonly WorkspaceSummary[];
}

export interface Board {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly kind: string;
  readonly doc: string;
  /** Open deals on it. */
  readonly open: number;
  /** What one may do with it, and with whom it is shared. Unknown of a list that was kept by an earlier version. */
  readonly access?: 'view' | 'edit';
  readonly shared?: Shared;
}

export interface Invitation {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
  readonly singleUse: boolean;
  readonly uses: number;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly status: 'open' | 'used' | 'expired' | 'revoked';
}

export interface NewInvitation extends Invitation {
  readonly url: string;
  readonly token: string;
}

export interface LinkLeadsTo {
  readonly workspace: { readonly name: string };
  readonly inviter: { readonly name: string; readonly colour: number } | null;
  readonly email: string | null;
  readonly role: Role;
  readonly people: readonly { readonly id: string; readonly name: string }[];
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly memberId: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What each role is called, and what it may do. */
export const roleNames: Record<Role, string> = {
  admin: 'Administrator',
  manager: 'Manager',
  member: 'Member',
  viewer: 'Viewer',
};

export const roleTexts: Record<Role, string> = {
  admin: 'Manages people, keys and everything else',
  manager: 'Edits, invites, manages pipelines',
  member: 'Edits deals',
  viewer: 'Reads, changes nothing',
};
