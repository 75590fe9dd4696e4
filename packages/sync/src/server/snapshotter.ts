import type { SyncLog } from './log.ts';
import type { Store } from './ports.ts';
import type { Room } from './room.ts';
import { provenSnapshot } from './snapshot.ts';

const quietMs = 1000;
/** A document that is never quiet is snapshotted anyway once this many rows have gathered. */
const rowsThatCannotWait = 5000;

/**
 * Takes snapshots one at a time, preferably while nobody types: proving one takes as long as loading it, and not every
 * store can do it elsewhere.
 */
export class Snapshotter {
  private readonly store: Store;
  private readonly now: () => number;
  private readonly log: SyncLog;
  private readonly due = new Set<Room>();
  private timer: NodeJS.Timeout | null = null;
  private isBusy = false;
  private isClosed = false;

  constructor(store: Store, now: () => number, log: SyncLog) {
    this.store = store;
    this.now = now;
    this.log = log;
  }

  ask(room: Room): void {
    this.due.add(room);
    this.timer ??= setTimeout(this.look, quietMs).unref();
  }

  close(): void {
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.due.clear();
  }

  private readonly look = (): void => {
    this.timer = null;
    if (this.isBusy) return;
    for (const room of this.due) {
      const doc = room.cleanDocument;
      if (!room.isLive) this.due.delete(room);
      else if (
        doc !== null &&
        (room.tail.rows > rowsThatCannotWait || Math.abs(this.now() - room.lastEditMs) >= quietMs)
      ) {
        this.due.delete(room);
        this.isBusy = true;
        void this.take(room).finally(() => {
          this.isBusy = false;
          this.lookLater();
        });
        return;
      }
    }
    this.lookLater();
  };

  private lookLater(): void {
    if (this.due.size > 0) this.timer ??= setTimeout(this.look, quietMs).unref();
  }

  private async take(room: Room): Promise<void> {
    try {
      const doc = room.cleanDocument;
      if (doc === null) return;
      const { committedSeq: seq, tail } = room;
      const covered = tail.extent();
      const state = (await this.store.provenState?.(room.name, seq)) ?? provenSnapshot(doc);
      if (this.isClosed) return;
      await this.store.saveSnapshot(room.name, seq, state);
      tail.fold(covered, state);
    } catch (error) {
      // The log has everything, so only the next load is slower.
      this.log('warn', 'a snapshot was not kept', { doc: room.name, error: String(error) });
    }
  }
}
