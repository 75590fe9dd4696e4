import type { RawData, WebSocket } from 'ws';
import type { Peer, PeerSocket } from './ports.ts';

/**
 * Binds an accepted WebSocket to a peer: `connect` is given the socket as a room needs it and answers the peer.
 * Frames, the end and errors of the socket go to the peer from here on.
 */
export function attachSocket(ws: WebSocket, connect: (socket: PeerSocket) => Peer): Peer {
  ws.binaryType = 'nodebuffer';
  // A reset or an oversized frame is reported here and followed by 'close'; without a listener it would end the process.
  ws.on('error', () => {});
  const peer = connect({
    send: (frame) => {
      if (ws.readyState === ws.OPEN) ws.send(frame, sendOptions);
    },
    close: (code, reason) => closeSocket(ws, code, reason),
    get bufferedAmount() {
      return ws.bufferedAmount;
    },
  });
  ws.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) peer.receive(bytesOf(data));
    else peer.receiveText();
  });
  ws.on('close', () => peer.closed());
  if (ws.readyState === ws.CLOSING || ws.readyState === ws.CLOSED) peer.closed();
  return peer;
}

const sendOptions = { binary: true, compress: false } as const;
const mostReasonBytes = 123;
const closeWaitMs = 5000;

/** Closes with a reason cut to what a close frame holds, and ends the connection of a client that does not answer. */
export function closeSocket(ws: WebSocket, code: number, reason: string): void {
  if (ws.readyState === ws.CLOSED) return;
  let short = reason;
  while (Buffer.byteLength(short) > mostReasonBytes) short = [...short].slice(0, -1).join('');
  ws.close(code, short);
  const timer = setTimeout(() => ws.terminate(), closeWaitMs);
  timer.unref();
  ws.once('close', () => clearTimeout(timer));
}

function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  const buffer = Array.isArray(data) ? Buffer.concat(data) : data;
  // A plain view: a Buffer's `slice` copies nothing, and its type would leak into values within documents.
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
