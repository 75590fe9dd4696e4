import { thingOfDocument } from '@rapport/domain/access/row-owners';
import { ensureDocument } from '@rapport/domain/workspace/ensure-document.node';
import { teamOfDocument } from '@rapport/domain/workspace/team-document';
import type { Identity } from '@rapport/sync/server/ports';
import { attachSocket } from '@rapport/sync/server/ws-endpoint';
import { standingOf } from '../http/caller.ts';
import type { Services } from '../services.ts';
import { makeAdminNotes } from '../access/note-admins.ts';
import { accessOf } from './access-changes.ts';
import { admit } from './admission.ts';
import type { OpenSocket } from './open-sockets.ts';
import type { Endpoint } from './upgrade.ts';

/** `/sync/:ws/<docName>`: the y-websocket protocol on the workspace's documents. `?x=1` asks for notices. */
export function syncEndpoint(services: Services): Endpoint {
  const noteAdmin = makeAdminNotes({ record: services.audit.record, now: services.now });
  return async (arrival) => {
    const admission = await admit(services, arrival);
    if (admission === null) return;
    const { caller, cookie, standing, workspaceId } = admission;
    const { socket, path, search } = arrival;
    const doc = path.slice(1).join('/');
    const grant: NonNullable<OpenSocket['grant']> = { doc, access: 'none' };
    services.sockets.add({ socket, caller, cookie, workspaceId, memberId: standing.memberId, kind: 'sync', grant });
    const { hub, access: book } = await services.host.open(workspaceId);
    const thing = thingOfDocument(doc);
    // From whom something is hidden, what does not exist is closed with the same answer.
    const team = teamOfDocument(doc);
    const exists =
      thing === null ||
      team !== null ||
      book.hiddenFrom(standing).size === 0 ||
      (await hub.exists(doc.split('~')[0] ?? ''));
    for (const noun of services.nouns) {
      if ((await noun.admit?.(doc, standing.memberId, hub)) === false) {
        socket.close(4403, 'this document is not shared with you');
        return;
      }
    }
    // It may have gone, or been closed with its right, while the workspace was opened.
    if (socket.readyState !== socket.OPEN) return;
    // The role may have changed meanwhile, when there was no connection yet to tell.
    const now = standingOf(services, caller, workspaceId) ?? standing;
    const access = exists ? accessOf(book, now, doc) : 'none';
    grant.access = access;
    if (access === 'none') {
      socket.close(4403, 'this document is not shared with you');
      return;
    }
    if (team !== null && book.team(team) !== null) await ensureDocument(hub, doc);
    if (thing !== null) noteAdmin(workspaceId, book, now, thing);
    const { memberId, name, colour, agent } = now;
    const identity: Identity = { memberId, name, colour, ...(agent === undefined ? {} : { agent }) };
    const notices = search.get('x') === '1';
    attachSocket(socket, (peer) => hub.connect({ doc, socket: peer, identity, access, notices }), arrival.stream);
  };
}
