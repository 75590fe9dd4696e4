import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { WebSocket } from 'ws';
import { encodeAwarenessUpdate, applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
import { writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';

/** What a sync socket came to: let in for so much, or closed. */
export type LetIn = 'read' | 'write' | number;

export interface SyncLine {
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  /** Access notices and refusals, as they came. */
  readonly notices: Record<string, unknown>[];
  /** Tries an edit: whether it is saved or refused, or the code that the socket was closed with. */
  tryEdit(): Promise<LetIn>;
  readonly awareness: Awareness;
  announce(state: Record<string, unknown>): void;
}

const frame = (write: (encoder: ReturnType<typeof createEncoder>) => void) => {
  const encoder = createEncoder();
  write(encoder);
  return toUint8Array(encoder);
};

/** A bare connection that speaks the protocol: what is let in is found out by trying. */
export function openSync(url: string, path: string, headers: Record<string, string> = {}): SyncLine {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/sync/${path}`, { headers });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()));
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.setLocalState(null);
  clearInterval((awareness as unknown as { _checkInterval: NodeJS.Timeout })._checkInterval);
  const notices: Record<string, unknown>[] = [];
  let verdict: ((letIn: LetIn) => void) | null = null;
  socket.on('message', (data: Buffer) => {
    const decoder = createDecoder(data);
    const type = readVarUint(decoder);
    if (type === 1) applyAwarenessUpdate(awareness, readVarUint8Array(decoder), 'server');
    if (type === 102) verdict?.('write');
    if (type !== 103) return;
    const notice = JSON.parse(readVarString(decoder)) as Record<string, unknown>;
    notices.push(notice);
    if (notice.type === 'rejected') verdict?.('read');
  });
  return {
    socket,
    closed,
    notices,
    awareness,
    async tryEdit() {
      const outcome = new Promise<LetIn>((resolve) => (verdict = resolve));
      const code = await Promise.race([opened.then(() => null), closed]);
      if (code !== null) return code;
      socket.send(
        frame((encoder) => {
          writeVarUint(encoder, 0);
          writeSyncStep1(encoder, new Y.Doc());
        }),
      );
      const local = new Y.Doc();
      local.getMap('tried').set('it', 1);
      socket.send(
        frame((encoder) => {
          writeVarUint(encoder, 0);
          writeUpdate(encoder, Y.encodeStateAsUpdate(local));
        }),
      );
      socket.send(
        frame((encoder) => {
          writeVarUint(encoder, 102);
          writeVarUint8Array(encoder, new Uint8Array([7]));
        }),
      );
      return await Promise.race([outcome, closed]);
    },
    announce(state) {
      awareness.setLocalState(state);
      socket.send(
        frame((encoder) => {
          writeVarUint(encoder, 1);
          writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [doc.clientID]));
        }),
      );
    },
  };
}
