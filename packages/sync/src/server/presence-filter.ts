import type { DocName } from '../shared/wire.ts';
import type { Identity } from './ports.ts';

/** What of somebody's presence others may see. */
export interface PresenceFilter {
  /** Readers with the same answer are sent the same bytes; an empty one sees everything. Asked often: it must be quick. */
  audience(doc: DocName, reader: Identity): string;
  /** What readers of an audience, which is not empty, are shown of a state. */
  show(state: Readonly<Record<string, unknown>>, audience: string): Readonly<Record<string, unknown>>;
}
