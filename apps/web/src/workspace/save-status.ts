import type { HeldWrite } from '@rapport/domain/held-writes';
import type { RefusedInDocument, SessionStatus } from '@rapport/sync/client/session';
import type { Accessor } from 'solid-js';
import type { Workspace } from './client.ts';
import { createObserved } from './create-status.ts';

/** Stands for the document of writes that go to the API. */
export const heldDocument = ' held';

const labelOf = ({ text }: HeldWrite) => ({ kind: 'edit', text });

const refusedOf = (write: HeldWrite): RefusedInDocument => ({
  documentName: heldDocument,
  id: write.id,
  at: write.at,
  refusedAt: write.at,
  change: labelOf(write),
  code: 'no-access',
  reason: write.reason ?? '',
  values: [{ path: [write.path], value: write.body }],
});

/** Saving over all documents and all writes that are held: what the top of the page tells. */
export function createSaveStatus(workspace: Workspace): Accessor<SessionStatus> {
  const session = createObserved(workspace.session.status);
  return () => {
    const status = session();
    const held = workspace.held.list();
    if (held.length === 0) return status;
    const open = held.filter(({ state }) => state !== 'refused');
    const isAway = open.some(({ state }) => state === 'waiting');
    const waiting = open.map((write) => ({
      documentName: heldDocument,
      id: write.id,
      at: write.at,
      change: labelOf(write),
      offline: write.state === 'waiting',
      touched: [],
      inserts: [],
      deletes: [],
    }));
    return {
      ...status,
      unsaved: status.unsaved + open.length,
      pending: [...status.pending, ...waiting].toSorted((a, b) => a.at - b.at),
      refused: [...status.refused, ...held.filter(({ state }) => state === 'refused').map(refusedOf)],
      isKeptOnDevice: status.isKeptOnDevice && workspace.keepsHeld(),
      // Connected, and yet the server does not take it.
      problem:
        isAway && status.connection !== 'offline'
          ? (status.problem ?? 'The server does not answer. It is tried again.')
          : status.problem,
    };
  };
}
