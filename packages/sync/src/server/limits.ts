import type { Limits } from './ports.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** The limits that hold when no `LIMIT_…` variable says otherwise. */
export const defaultLimits: Limits = {
  frameBytes: 2 * MiB,
  firstSyncBytes: 8 * MiB,
  updatesPerSecond: 60,
  updateBurst: 300,
  connectionsPerMember: 64,
  connectionsPerDocument: 2000,
  pendingBytes: MiB,
  slowBytes: 256 * KiB,
  stalledBytes: 4 * MiB,
  stalledMs: 15_000,
  idleUnloadMs: 60_000,
  awarenessBytes: 2 * KiB,
};

/** The environment variable of each limit. All take a whole number of at least 1. */
export const limitVariables: Readonly<Record<keyof Limits, string>> = {
  frameBytes: 'LIMIT_FRAME_BYTES',
  firstSyncBytes: 'LIMIT_FIRST_SYNC_BYTES',
  updatesPerSecond: 'LIMIT_UPDATES_PER_SECOND',
  updateBurst: 'LIMIT_UPDATE_BURST',
  connectionsPerMember: 'LIMIT_CONNECTIONS_PER_MEMBER',
  connectionsPerDocument: 'LIMIT_CONNECTIONS_PER_DOCUMENT',
  pendingBytes: 'LIMIT_PENDING_BYTES',
  slowBytes: 'LIMIT_SLOW_BYTES',
  stalledBytes: 'LIMIT_STALLED_BYTES',
  stalledMs: 'LIMIT_STALLED_MS',
  idleUnloadMs: 'LIMIT_IDLE_UNLOAD_MS',
  awarenessBytes: 'LIMIT_AWARENESS_BYTES',
};

/** Reads the limits; throws an error of one line that names the variable when a value is not a whole number ≥ 1. */
export function limitsFromEnv(env: Readonly<Record<string, string | undefined>>): Limits {
  const read = (key: keyof Limits): number => {
    const name = limitVariables[key];
    const text = env[name];
    if (text === undefined || text.trim() === '') return defaultLimits[key];
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new Error(`${name} must be a whole number of at least 1, not ${JSON.stringify(text)}`);
    }
    return value;
  };
  return {
    frameBytes: read('frameBytes'),
    firstSyncBytes: read('firstSyncBytes'),
    updatesPerSecond: read('updatesPerSecond'),
    updateBurst: read('updateBurst'),
    connectionsPerMember: read('connectionsPerMember'),
    connectionsPerDocument: read('connectionsPerDocument'),
    pendingBytes: read('pendingBytes'),
    slowBytes: read('slowBytes'),
    stalledBytes: read('stalledBytes'),
    stalledMs: read('stalledMs'),
    idleUnloadMs: read('idleUnloadMs'),
    awarenessBytes: read('awarenessBytes'),
  };
}
