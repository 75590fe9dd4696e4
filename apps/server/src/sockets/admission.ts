import { findCaller, standingOf, type Caller, type Standing } from '../http/caller.ts';
import { isOwnOrigin } from '../http/origin.ts';
import type { Services } from '../services.ts';
import { bearerKey } from '../http/api-context.ts';
import type { Arrival } from './upgrade.ts';

export interface Admission {
  readonly caller: Caller;
  readonly cookie: string | null;
  readonly standing: Standing;
  readonly workspaceId: string;
}

/**
 * Judges a connection: a key (`?token=` or Authorization), else a session cookie from a page of ours; then membership.
 * Null when it was closed with 4401 or 4403, which say the same for a workspace that does not exist.
 */
export async function admit(services: Services, { socket, request, path, search }: Arrival): Promise<Admission | null> {
  const { headers } = request;
  const key = search.get('token') ?? bearerKey(headers.authorization);
  const cookie = headers.cookie ?? null;
  const caller = await findCaller(services, { key, cookie });
  if (caller === null) {
    socket.close(4401, 'sign in first');
    return null;
  }
  if (caller.kind === 'session' && !isOwnOrigin(headers.origin, headers.host, services.publicUrl)) {
    socket.close(4403, 'this page may not use your sign-in');
    return null;
  }
  const [workspaceId = ''] = path;
  const standing = standingOf(services, caller, workspaceId);
  if (standing === null) {
    socket.close(4403, 'you are not a member of this workspace');
    return null;
  }
  return { caller, cookie, standing, workspaceId };
}
