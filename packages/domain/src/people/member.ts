import type { Role } from './roles.ts';

/** A person in a workspace. `pending`: named by an import, no account yet; `removed`: kept for the history's names. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** 1–12, the person tokens of the design. */
  readonly colour: number;
  readonly role: Role;
  /** The last day (`YYYY-MM-DD`, in UTC) on which rules give them nothing; null or left out: they are not away. */
  readonly awayUntil?: string | null;
  readonly status: 'active' | 'pending' | 'removed';
}
