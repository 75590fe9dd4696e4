import type { PendingChange } from './changes.ts';
import type { WireStatus } from './provider.ts';
import type { RefusedChange } from './refused.ts';

/** All that a person may be told about one document's saving, as one immutable snapshot. Times are epoch ms. */
export interface DocumentStatus extends WireStatus {
  /** Changes that the server has not confirmed as durable, those of earlier pages included. */
  unsaved: number;
  pending: readonly PendingChange[];
  /** Connected, and waiting for the server to confirm. */
  saving: boolean;
  refused: readonly RefusedChange[];
  /** There is something to show: the kept copy was read or the server's has arrived. */
  isLoaded: boolean;
  /** False when this browser cannot keep the document: unsaved changes then live only as long as the tab. */
  isKeptOnDevice: boolean;
}

/** The word at the top of the screen. */
export type SaveWord =
  | { word: 'saved' }
  | { word: 'saving'; count: number }
  | { word: 'offline'; count: number }
  /** The server is there and cannot save; it is tried again. */
  | { word: 'not-saved'; count: number; reason: string }
  | { word: 'refused'; count: number; reason: string };

/** The word for a document or a whole session: what was refused first, then what is not saved. */
export function saveWord(
  status: Pick<DocumentStatus, 'connection' | 'unsaved' | 'refused' | 'problem' | 'closed'>,
): SaveWord {
  const last = status.refused.at(-1);
  if (last) return { word: 'refused', count: status.refused.length, reason: last.reason };
  if (status.closed && status.unsaved > 0) {
    return { word: 'refused', count: status.unsaved, reason: status.closed.reason };
  }
  if (status.problem !== null && status.unsaved > 0) {
    return { word: 'not-saved', count: status.unsaved, reason: status.problem };
  }
  if (status.connection === 'offline') return { word: 'offline', count: status.unsaved };
  return status.unsaved > 0 ? { word: 'saving', count: status.unsaved } : { word: 'saved' };
}
