import { encodeStateAsUpdate, encodeStateVector, type Doc } from 'yjs';
import { syncFrame, syncMessage } from '../shared/frames.ts';
import { closeCode } from '../shared/wire.ts';
import type { Connection } from './connection.ts';

/** Closes a connection that has buffered too much or stands still. Answers whether it did. */
export function closeIfStalled(connection: Connection): boolean {
  if (!connection.isStalled()) return false;
  connection.close(closeCode.overload, 'this connection is too slow; try again');
  return true;
}

/**
 * Sends each reader that had fallen behind, and has drained, one diff from where it was. `durable` is null while the
 * document holds something that is not durable. Answers whether any is still behind.
 */
export function catchUp(connections: Iterable<Connection>, durable: Doc | null): boolean {
  let anyBehind = false;
  for (const connection of connections) {
    const { behind } = connection;
    if (behind === null || closeIfStalled(connection)) continue;
    if (connection.bufferedAmount > 0 || durable === null) {
      anyBehind = true;
      continue;
    }
    connection.behind = null;
    const missed = encodeStateAsUpdate(durable, encodeStateVector(new Map(behind.vector)));
    connection.sendLarge(syncFrame(syncMessage.update, missed));
  }
  return anyBehind;
}
