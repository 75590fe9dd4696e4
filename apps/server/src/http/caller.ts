import type { Role } from '@rapport/domain/people/roles';
import { lesserRole } from '@rapport/domain/people/roles';
import type { ApiKeys } from '../control/api-keys.ts';
import type { Members } from '../control/members.ts';
import type { Sessions, SignedIn } from '../control/sessions.ts';

/** Who sends a request, before any workspace is looked at. */
export type Caller =
  | ({ readonly kind: 'session' } & SignedIn)
  | {
      readonly kind: 'key';
      readonly keyId: string;
      readonly workspaceId: string;
      readonly memberId: string;
      readonly role: Role;
    };

/** A caller's standing in one workspace. */
export interface Standing {
  readonly memberId: string;
  readonly name: string;
  readonly email: string | null;
  readonly colour: number;
  readonly role: Role;
  readonly agent?: string;
}

export interface CallerDeps {
  readonly sessions: Sessions;
  readonly apiKeys: ApiKeys;
  readonly members: Members;
}

/** The caller of a request with this key or cookie. A key wins: a program that sends both means the key. */
export async function findCaller(
  { sessions, apiKeys }: CallerDeps,
  credentials: { key: string | null; cookie: string | null | undefined },
): Promise<Caller | null> {
  if (credentials.key !== null) {
    const key = apiKeys.find(credentials.key);
    if (key === null) return null;
    return { kind: 'key', keyId: key.id, workspaceId: key.workspaceId, memberId: key.memberId, role: key.role };
  }
  const signedIn = await sessions.find(credentials.cookie);
  return signedIn === null ? null : { kind: 'session', ...signedIn };
}

/** Null when the caller has no place in the workspace, whether or not it exists. */
export function standingOf({ members }: CallerDeps, caller: Caller, workspaceId: string): Standing | null {
  if (caller.kind === 'key') {
    if (caller.workspaceId !== workspaceId) return null;
    const member = members.get(workspaceId, caller.memberId);
    if (member === null || member.status !== 'active') return null;
    const { id, name, email, colour, role } = member;
    return { memberId: id, name, email, colour, role: lesserRole(role, caller.role), agent: caller.keyId };
  }
  const member = members.forUser(workspaceId, caller.user.id);
  if (member === null) return null;
  const { id, name, email, colour, role } = member;
  return { memberId: id, name, email, colour, role };
}
