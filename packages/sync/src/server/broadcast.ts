import { mergeUpdates } from 'yjs';
import { syncFrame, syncMessage } from '../shared/frames.ts';
import type { Connection } from './connection.ts';
import type { AppliedChange } from './live-document.ts';
import type { Limits } from './ports.ts';
import { closeIfStalled } from './slow-readers.ts';

/** Merging costs more than it saves beyond this: 5,000 at once take a second, in fifties 25 ms. */
const mostMerged = 50;

/**
 * Sends durable changes to everybody but their own maker: one frame for up to fifty changes, encoded once and shared.
 * A reader with too much unsent stops here and catches up later from `stateBefore`. Answers whether there is one.
 */
export function broadcast(
  changes: readonly AppliedChange[],
  connections: ReadonlySet<Connection>,
  joiners: { isWaiting(connection: Connection): boolean },
  stateBefore: ReadonlyMap<number, number>,
  room: { readonly limits: Limits; readonly now: () => number },
): boolean {
  let anySlow = false;
  const readers: Connection[] = [];
  for (const connection of connections) {
    // Who waits for a first state finds these changes in it.
    if (joiners.isWaiting(connection)) continue;
    if (closeIfStalled(connection)) continue;
    const buffered = connection.bufferedAmount;
    if (connection.behind === null && buffered > room.limits.slowBytes) {
      connection.behind = { vector: stateBefore, sinceMs: room.now(), leastBuffered: buffered };
    }
    if (connection.behind === null) readers.push(connection);
    else anySlow = true;
  }
  const [only] = readers;
  if (only === undefined) return anySlow;
  if (readers.length === 1 && changes.every((change) => change.source === only)) return anySlow;
  for (let from = 0; from < changes.length; from += mostMerged) {
    const part = changes.slice(from, from + mostMerged);
    const first = part[0];
    if (first === undefined) break;
    const source = part.every((change) => change.source === first.source) ? first.source : null;
    const update = part.length === 1 ? first.entry.update : mergeUpdates(part.map((change) => change.entry.update));
    const frame = syncFrame(syncMessage.update, update);
    for (const reader of readers) if (reader !== source) reader.send(frame);
  }
  return anySlow;
}
