import { thingOfDocument } from '@rapport/domain/access/row-owners';
import { mayWriteUnshared } from '@rapport/domain/workspace/workspace-kind';
import type { Access } from '@rapport/sync/server/ports';
import type { WebSocket } from 'ws';
import type { AccessBook } from '../access/access-book.ts';
import { standingOf, type Standing } from '../http/caller.ts';
import type { Services } from '../services.ts';
import { closeSocket } from './open-sockets.ts';

type Deps = Pick<Services, 'host' | 'sockets'>;

/** What somebody may do with a document on sync; whether it exists, and is theirs, is asked elsewhere. */
export function accessOf(
  book: Pick<AccessBook, 'accessOf'>,
  standing: Pick<Standing, 'memberId' | 'role' | 'agent'>,
  doc: string,
): Access | 'none' {
  const thing = thingOfDocument(doc);
  if (thing === null) return mayWriteUnshared(doc, standing) ? 'write' : 'read';
  const { memberId, role } = standing;
  const access = book.accessOf({ memberId, role }, thing);
  return access === 'none' ? 'none' : access === 'edit' ? 'write' : 'read';
}

/** Live connections follow at once when a role, a team or a share changed. */
export function accessChanged(
  services: Pick<Services, 'host' | 'sockets' | 'sessions' | 'apiKeys' | 'members'>,
  workspaceId: string,
): void {
  const workspace = services.host.peek(workspaceId);
  if (workspace === undefined) return;
  const open = services.sockets.all().filter((entry) => entry.workspaceId === workspaceId);
  const changed = new Map<string, { memberId: string; doc: string; access: Access | 'none' }>();
  for (const { socket, caller, grant, memberId } of open) {
    if (grant === undefined) continue;
    const standing = standingOf(services, caller, workspaceId);
    const access = standing === null ? 'none' : accessOf(workspace.access, standing, grant.doc);
    if (access === grant.access) continue;
    grant.access = access;
    if (caller.kind === 'key') closeKey(socket, access);
    else changed.set(`${memberId} ${grant.doc}`, { memberId, doc: grant.doc, access });
  }
  // A key may do less than its member: its connections come back and are judged anew, instead of getting the member's right.
  for (const { socket, caller, grant, memberId } of open)
    if (caller.kind === 'key' && grant !== undefined && changed.has(`${memberId} ${grant.doc}`))
      closeKey(socket, grant.access);
  for (const { memberId, doc, access } of changed.values()) workspace.hub.setAccess(memberId, access, doc);
  workspace.live.accessChanged();
}

function closeKey(socket: WebSocket, access: Access | 'none'): void {
  if (access === 'none') closeSocket(socket, 4403, 'this is no longer shared with you');
  else closeSocket(socket, 1012, 'what you may do here changed');
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
