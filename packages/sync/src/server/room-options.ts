import type { DocName } from '../shared/wire.ts';
import type { Committer } from './committer.ts';
import type { SyncLog } from './log.ts';
import type { DocumentKind, Limits, Store } from './ports.ts';
import type { PresenceFilter } from './presence-filter.ts';
import type { Room } from './room.ts';

/** What a room needs of its hub. */
export interface RoomOptions {
  readonly name: DocName;
  readonly kind: DocumentKind | undefined;
  readonly store: Store;
  /** Sequence numbers are known from here on. */
  readonly started: Promise<void>;
  readonly committer: Committer;
  readonly limits: Limits;
  readonly nextSeq: () => number;
  /** Known once `started` has resolved. */
  readonly epoch: () => string;
  readonly now: () => number;
  readonly log: SyncLog;
  readonly random?: () => number;
  readonly presence?: PresenceFilter;
  /** The room is empty, durable and has been idle long enough, or could not go on: forget it. */
  readonly onGone: (room: Room) => void;
  /** The tail has grown past its bound. */
  readonly onSnapshotDue: (room: Room) => void;
}
