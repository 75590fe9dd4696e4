import type { Services } from '../services.ts';
import { standingOf } from '../http/caller.ts';
import { admit } from './admission.ts';
import type { Endpoint } from './upgrade.ts';

/** A reader this far behind is closed; it comes back and refetches. */
const mostBufferedBytes = 1024 * 1024;
const pingMs = 30_000;

/** `/live/:ws`: JSON messages that say which derived data changed (see LiveMessage). It listens to nothing. */
export function liveEndpoint(services: Services): Endpoint {
  return async (arrival) => {
    const admission = await admit(services, arrival);
    if (admission === null) return;
    const { caller, cookie, standing, workspaceId } = admission;
    const { socket } = arrival;
    const entry = { socket, caller, cookie, workspaceId, memberId: standing.memberId, kind: 'live' } as const;
    if (!services.sockets.add(entry, services.config.syncLimits.connectionsPerMember)) return;
    const { live, access } = await services.host.open(workspaceId);
    // It may have gone, or been closed with its right, while the workspace was opened.
    if (socket.readyState !== socket.OPEN) return;
    // The role of now: a connection may outlive a change of it.
    const hidden = () =>
      access.hiddenFrom(standingOf(services, caller, workspaceId) ?? { ...standing, role: 'viewer' });
    const unlisten = live.listen((text) => {
      if (socket.bufferedAmount > mostBufferedBytes) socket.close(1013, 'too slow');
      else socket.send(text);
    }, hidden);
    // Proxies drop connections that are silent for a minute.
    const pinging = setInterval(() => socket.ping(), pingMs);
    pinging.unref();
    socket.once('close', () => {
      unlisten();
      clearInterval(pinging);
    });
  };
}
