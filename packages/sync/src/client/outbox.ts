import * as Y from 'yjs';
import type { Environment } from './environment.ts';

/** Merging is quadratic: fifty at a time cost milliseconds where five thousand at once cost a second. */
const mergeAtMost = 50;
/** Below the server's limit of 60 updates a second with bursts of 300, so that a script's loop is not refused. */
const framesPerSecond = 40;
const burstFrames = 200;

/** Collects the updates of one microtask into one frame. */
export interface Outbox {
  push: (update: Uint8Array) => void;
  /** Sends at once what is held. */
  flush: () => void;
  clear: () => void;
}

/** `send` is called with one merged update at the end of the microtask, or later when too many frames went out. */
export function makeOutbox(env: Environment, send: (merged: Uint8Array) => void): Outbox {
  let held: Uint8Array[] = [];
  let isPlanned = false;
  let cancelDelay = () => undefined as void;
  let credit = burstFrames;
  let creditAt = env.now();

  const flush = () => {
    isPlanned = false;
    cancelDelay();
    const updates = held;
    held = [];
    if (updates.length === 0) return;
    credit -= 1;
    send(mergeInSteps(updates));
  };

  const flushOrDelay = () => {
    if (!isPlanned) return;
    const now = env.now();
    credit = Math.min(burstFrames, credit + ((now - creditAt) / 1_000) * framesPerSecond);
    creditAt = now;
    if (credit >= 1) flush();
    else cancelDelay = env.schedule(flush, 1_000 / framesPerSecond);
  };

  return {
    push: (update) => {
      held.push(update);
      if (isPlanned) return;
      isPlanned = true;
      queueMicrotask(flushOrDelay);
    },
    flush,
    clear: () => {
      held = [];
      isPlanned = false;
      cancelDelay();
    },
  };
}

function mergeInSteps(updates: Uint8Array[]): Uint8Array {
  let level = updates;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let start = 0; start < level.length; start += mergeAtMost) {
      next.push(Y.mergeUpdates(level.slice(start, start + mergeAtMost)));
    }
    level = next;
  }
  return level[0] ?? new Uint8Array([0, 0]);
}
