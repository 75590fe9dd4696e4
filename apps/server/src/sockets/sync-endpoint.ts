import type { Identity } from '@rapport/sync/server/ports';
import { attachSocket } from '@rapport/sync/server/ws-endpoint';
import { standingOf } from '../http/caller.ts';
import type { Services } from '../services.ts';
import { accessOf } from './access-changes.ts';
import { admit } from './admission.ts';
import type { Endpoint } from './upgrade.ts';

/** `/sync/:ws/<docName>`: the y-websocket protocol on the workspace's documents. `?x=1` asks for notices. */
export function syncEndpoint(services: Services): Endpoint {
  return async (arrival) => {
    const admission = await admit(services, arrival);
    if (admission === null) return;
    const { caller, cookie, standing, workspaceId } = admission;
    const { socket, path, search } = arrival;
    services.sockets.add({ socket, caller, cookie, workspaceId, memberId: standing.memberId, kind: 'sync' });
    const { hub } = await services.host.open(workspaceId);
    const doc = path.slice(1).join('/');
    for (const noun of services.nouns) {
      if ((await noun.admit?.(doc, standing.memberId, hub)) === false) {
        socket.close(4403, 'this document is not shared with you');
        return;
      }
    }
    // It may have gone, or been closed with its right, while the workspace was opened.
    if (socket.readyState !== socket.OPEN) return;
    // The role may have changed meanwhile, when there was no connection yet to tell.
    const { memberId, name, colour, role, agent } = standingOf(services, caller, workspaceId) ?? standing;
    const identity: Identity = { memberId, name, colour, ...(agent === undefined ? {} : { agent }) };
    const notices = search.get('x') === '1';
    attachSocket(socket, (peer) => hub.connect({ doc, socket: peer, identity, access: accessOf(role), notices }));
  };
}
