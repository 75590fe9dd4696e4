import type { Role } from '@rapport/domain/people/roles';
import type { Access } from '@rapport/sync/server/ports';
import type { Services } from '../services.ts';

type Deps = Pick<Services, 'host' | 'sockets'>;

/** What a role may do with documents on sync. */
export const accessOf = (role: Role): Access => (role === 'viewer' ? 'read' : 'write');

/** Live connections follow a new role at once. */
export function roleChanged({ host, sockets }: Deps, workspaceId: string, memberId: string, role: Role): void {
  // A key may do less than its member: its connections come back and are judged anew instead of getting the member's right.
  sockets.close(
    (entry) => entry.workspaceId === workspaceId && entry.memberId === memberId && entry.caller.kind === 'key',
    1012,
    'your role changed',
  );
  host.peek(workspaceId)?.hub.setAccess(memberId, accessOf(role));
}

/** Ends all connections of somebody who is no longer in the workspace. */
export function endMembership({ host, sockets }: Deps, workspaceId: string, memberId: string): void {
  host.peek(workspaceId)?.hub.setAccess(memberId, 'none');
  sockets.close(
    (entry) => entry.workspaceId === workspaceId && entry.memberId === memberId,
    4403,
    'no longer a member',
  );
}

export function endSession({ sockets }: Pick<Deps, 'sockets'>, sessionId: string): void {
  sockets.close((entry) => entry.caller.kind === 'session' && entry.caller.sessionId === sessionId, 4401, 'signed out');
}

export function endKey({ sockets }: Pick<Deps, 'sockets'>, keyId: string): void {
  sockets.close(
    (entry) => entry.caller.kind === 'key' && entry.caller.keyId === keyId,
    4401,
    'the API key was revoked',
  );
}
