import type { Access } from '@rapport/sync/server/ports';
import type { WebSocket } from 'ws';
import type { Caller } from '../http/caller.ts';

/** One accepted connection, sync or live, with what it stands on. */
export interface OpenSocket {
  readonly socket: WebSocket;
  readonly caller: Caller;
  readonly cookie: string | null;
  readonly workspaceId: string;
  readonly memberId: string;
  readonly kind: 'sync' | 'live';
  /** Of a sync connection: the document, and what it was let in for. */
  readonly grant?: { readonly doc: string; access: Access | 'none' };
}

/** A peer that does not answer the closing handshake is cut off after this. */
const patienceMs = 1_000;

export type OpenSockets = ReturnType<typeof makeOpenSockets>;

/** Every live connection, so that what ends a right ends its connections at once. */
export function makeOpenSockets() {
  const open = new Map<WebSocket, OpenSocket>();
  return {
    /** False when the member has `most` of this kind in the workspace already; the socket is then closed with 1013. */
    add(entry: OpenSocket, most = Number.POSITIVE_INFINITY): boolean {
      const { kind, workspaceId, memberId } = entry;
      let count = 0;
      for (const other of open.values())
        if (other.kind === kind && other.memberId === memberId && other.workspaceId === workspaceId) count++;
      if (count >= most) {
        entry.socket.close(1013, 'too many connections of one member');
        return false;
      }
      open.set(entry.socket, entry);
      entry.socket.once('close', () => open.delete(entry.socket));
      return true;
    },
    /** Closes all that match. */
    close(matches: (entry: OpenSocket) => boolean, code: number, reason: string): void {
      for (const entry of open.values()) if (matches(entry)) closeSocket(entry.socket, code, reason);
    },
    /** Connections of a session go over to the one that takes its place. */
    carryOver(sessionId: string, caller: Caller, cookie: string): void {
      for (const entry of open.values())
        if (entry.caller.kind === 'session' && entry.caller.sessionId === sessionId)
          open.set(entry.socket, { ...entry, caller, cookie });
    },
    all: (): readonly OpenSocket[] => [...open.values()],
  };
}

/** Starts the closing handshake, stops listening to what still comes, and does not wait for ever. */
export function closeSocket(socket: WebSocket, code: number, reason: string): void {
  socket.removeAllListeners('message');
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), patienceMs).unref();
}
