import type { PendingChange } from './changes.ts';
import type { Environment } from './environment.ts';
import type { KeptState, OfflineDocument } from './offline-store.ts';

/** After this the server is asked although the kept copy has not been read: some browsers' IndexedDB hangs. */
const loadTimeoutMs = 3_000;
/** The server's updates are kept in one write a second; they are no loss, the server has them. */
const keepReceivedEveryMs = 1_000;

/** What this device keeps of one document: written in the order of the calls, and honest when it cannot be. */
export interface DeviceCopy {
  /** False once something could not be kept: unsaved changes are then only in this tab. */
  readonly isKept: boolean;
  /** Reads what an earlier page kept; null when there is nothing to read it from, or not in time. */
  open: () => Promise<KeptState | null>;
  /** Keeps updates with the changes that made them. Before `open` has resolved they wait. */
  keep: (updates: readonly Uint8Array[], changes: readonly PendingChange[]) => void;
  /** Keeps what the server sent, within a second. */
  keepReceived: (update: Uint8Array) => void;
  /** Runs another write; nothing happens where nothing is kept. */
  write: (task: (kept: OfflineDocument) => Promise<unknown>) => void;
  /** Drops what waits to be kept: the document that it belongs to is replaced as a whole. */
  forgetWaiting: () => void;
  /** Resolves when all writes so far are done or have failed. */
  settled: () => Promise<unknown>;
}

/** `opening` answers the store's copy, undefined without a store; `lost` is called when keeping has failed. */
export function makeDeviceCopy(options: {
  opening: (() => Promise<OfflineDocument>) | undefined;
  lost: () => void;
  environment: Environment;
}): DeviceCopy {
  const { opening, lost, environment: env } = options;
  let kept: OfflineDocument | null = null;
  let isKept = opening !== undefined;
  let isOpened = false;
  let writes: Promise<unknown> = Promise.resolve();
  const waiting: { updates: Uint8Array[]; changes: PendingChange[] } = { updates: [], changes: [] };
  let cancelKeep: (() => void) | null = null;

  const lose = () => {
    isKept = false;
    lost();
  };

  const write: DeviceCopy['write'] = (task) => {
    if (kept === null) return;
    writes = Promise.all([writes, task(kept).catch(lose)]);
  };

  const forgetWaiting = () => {
    cancelKeep?.();
    cancelKeep = null;
    waiting.updates.length = waiting.changes.length = 0;
  };

  const keep: DeviceCopy['keep'] = (updates, changes) => {
    cancelKeep?.();
    cancelKeep = null;
    waiting.updates.push(...updates);
    waiting.changes.push(...changes);
    if (kept === null) {
      // Still loading: they wait. Without a store they would only pile up.
      if (isOpened) forgetWaiting();
      return;
    }
    if (waiting.updates.length === 0) return;
    const all = waiting.updates.splice(0);
    const described = waiting.changes.splice(0);
    write(async (store) => {
      if ((await store.append(all, described)) === 'kept') return;
      kept = null;
      lose();
    });
  };

  return {
    get isKept() {
      return isKept;
    },
    async open() {
      kept = opening === undefined ? null : await withTimeout(opening(), loadTimeoutMs, env);
      isKept = kept !== null;
      isOpened = true;
      return kept?.state ?? null;
    },
    keep,
    keepReceived: (update) => {
      waiting.updates.push(update);
      cancelKeep ??= env.schedule(() => keep([], []), keepReceivedEveryMs);
    },
    write,
    forgetWaiting,
    settled: () => writes,
  };
}

/** Null when the promise fails or takes longer than `limitMs`. */
function withTimeout<T>(promise: Promise<T>, limitMs: number, env: Environment): Promise<T | null> {
  return new Promise((resolve) => {
    const cancel = env.schedule(() => resolve(null), limitMs);
    const settle = (value: T | null) => {
      cancel();
      resolve(value);
    };
    promise.then(settle, () => settle(null));
  });
}
