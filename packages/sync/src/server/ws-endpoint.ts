import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Peer, PeerSocket } from './ports.ts';

/**
 * Binds an accepted WebSocket to a peer: `connect` is given the socket as a room needs it and answers the peer.
 * Frames, the end and errors of the socket go to the peer from here on. `stream` is the connection below the
 * WebSocket, where the caller has it: a frame that goes to many is then framed once and written as it is.
 */
export function attachSocket(ws: WebSocket, connect: (socket: PeerSocket) => Peer, stream?: Duplex): Peer {
  ws.binaryType = 'nodebuffer';
  // A reset or an oversized frame is reported here and followed by 'close'; without a listener it would end the process.
  ws.on('error', () => {});
  const peer = connect({
    send: (frame) => {
      if (ws.readyState !== ws.OPEN) return;
      if (stream === undefined || frame.length > mostCopiedBytes) ws.send(frame, sendOptions);
      else stream.write(messageOf(frame));
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

/** Larger frames are rarely shared, and copying them would cost more than their header. */
const mostCopiedBytes = 64 * 1024;
const messages = new WeakMap<Uint8Array, Buffer>();

/** A frame as the one unmasked, uncompressed binary message that carries it (RFC 6455, section 5.2); made once. */
function messageOf(frame: Uint8Array): Buffer {
  const known = messages.get(frame);
  if (known !== undefined) return known;
  const { length } = frame;
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const message = Buffer.allocUnsafe(headerBytes + length);
  message[0] = 0x82;
  message[1] = length < 126 ? length : length < 65_536 ? 126 : 127;
  if (headerBytes === 4) message.writeUInt16BE(length, 2);
  if (headerBytes === 10) message.writeBigUInt64BE(BigInt(length), 2);
  message.set(frame, headerBytes);
  messages.set(frame, message);
  return message;
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
