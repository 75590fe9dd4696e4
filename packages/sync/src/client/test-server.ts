import * as decoding from 'lib0/decoding';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { frameOf, syncFrame, textFrame } from '../shared/frames.ts';
import { message, type Notice } from '../shared/wire.ts';
import type { TestClock } from './test-clock.ts';

/** The server's side of one fake socket. */
export interface ServerSocket {
  url: string;
  /** Frames of the client, as they came. */
  frames: Uint8Array[];
  send: (frame: Uint8Array) => void;
  notify: (notice: Notice) => void;
  close: (code: number, reason?: string) => void;
  /** Breaks the link without a word: nothing arrives any more, nobody is told. */
  cut: () => void;
  isOpen: () => boolean;
}

/** Decides about an update before it is applied: a notice refuses it. */
export type Judge = (update: Uint8Array, socket: ServerSocket) => Notice | null;

/** A server in memory that speaks the wire; frames travel in clock tasks of 1 ms, so order and loss are exact. */
export interface TestServer {
  doc: Y.Doc;
  WebSocket: typeof globalThis.WebSocket;
  /** All sockets ever opened, oldest first. */
  sockets: ServerSocket[];
  latest: () => ServerSocket;
  /** False refuses new connections. */
  isUp: boolean;
  /** False holds the echo of barriers back, as a slow disk does. */
  isDurable: boolean;
  /** Echoes what was held back. */
  commit: () => void;
  judge: Judge;
  /** Sent first on every connection. */
  greeting: Notice | null;
  /** Closes every new connection with this at once. */
  refuseWith: { code: number; reason: string } | null;
}

export function makeTestServer(clock: TestClock): TestServer {
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  awareness.destroy();
  const held: (() => void)[] = [];
  const server: TestServer = {
    doc,
    WebSocket: undefined as unknown as typeof globalThis.WebSocket,
    sockets: [],
    latest: () => {
      const socket = server.sockets.at(-1);
      if (!socket) throw new Error('no socket was opened');
      return socket;
    },
    isUp: true,
    isDurable: true,
    commit: () => {
      server.isDurable = true;
      for (const echo of held.splice(0)) echo();
    },
    judge: () => null,
    greeting: null,
    refuseWith: null,
  };

  const read = (socket: ServerSocket, frame: Uint8Array) => {
    socket.frames.push(frame);
    const decoder = decoding.createDecoder(frame);
    switch (decoding.readVarUint(decoder)) {
      case message.sync: {
        const step = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (step === 0) return socket.send(syncFrame(1, Y.encodeStateAsUpdate(doc, bytes)));
        const refusal = server.judge(bytes, socket);
        if (refusal) return socket.notify(refusal);
        Y.applyUpdate(doc, bytes, socket);
        return undefined;
      }
      case message.awareness: {
        applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), socket);
        const states = encodeAwarenessUpdate(awareness, [...awareness.meta.keys()]);
        for (const other of server.sockets) other.send(frameOf(message.awareness, states));
        return undefined;
      }
      case message.barrier: {
        const echo = () => socket.send(frame);
        if (server.isDurable) echo();
        else held.push(echo);
        return undefined;
      }
      default:
        return undefined;
    }
  };

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    for (const socket of server.sockets) if (socket !== origin) socket.send(syncFrame(2, update));
  });

  const Fake = class {
    binaryType = 'blob';
    readyState = 0;
    bufferedAmount = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
    onclose: ((event: { code: number; reason: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    isCut = false;
    readonly peer: ServerSocket;

    constructor(url: string) {
      const later = (task: () => void) => clock.schedule(() => !this.isCut && task(), 1);
      this.peer = {
        url,
        frames: [],
        send: (frame) => {
          if (this.readyState !== 1) return;
          later(() => this.readyState === 1 && this.onmessage?.({ data: frame.slice().buffer }));
        },
        notify: (notice) => {
          this.peer.send(textFrame(message.notice, JSON.stringify(notice)));
        },
        close: (code, reason = '') => later(() => this.end(code, reason)),
        cut: () => {
          this.isCut = true;
        },
        isOpen: () => this.readyState === 1 && !this.isCut,
      };
      server.sockets.push(this.peer);
      later(() => {
        if (this.readyState !== 0) return;
        if (!server.isUp) return this.end(1006, '');
        this.readyState = 1;
        this.onopen?.();
        if (server.refuseWith) return this.peer.close(server.refuseWith.code, server.refuseWith.reason);
        if (server.greeting) this.peer.notify(server.greeting);
        this.peer.send(syncFrame(0, Y.encodeStateVector(doc)));
      });
    }

    send(frame: Uint8Array) {
      const copy = frame.slice();
      if (!this.isCut) clock.schedule(() => !this.isCut && this.readyState === 1 && read(this.peer, copy), 1);
    }

    close() {
      this.readyState = 3;
    }

    private end(code: number, reason: string) {
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.onclose?.({ code, reason });
    }
  };
  server.WebSocket = Fake as unknown as typeof globalThis.WebSocket;
  return server;
}
