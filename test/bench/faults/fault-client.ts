import { syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { RunningSubject } from '../subject.ts';

/** Hocuspocus answers a step 1 with 0 and offers its own with 4; both hold a sync message. */
const syncTypes: readonly number[] = [0, 4];
const authType = 2;
const retryMs = 200;

/** A client with a document, as a stock one behaves: it comes back by itself and offers all that it has. */
export class FaultClient {
  readonly doc = new Y.Doc();
  isOpen = false;
  /** Closed with a code after which stock clients stay away. */
  isRefused = false;
  private socket: WebSocket | null = null;
  private isEnded = false;
  private readonly prefix: Uint8Array;
  private readonly url: string;
  private readonly wantsToken: boolean;

  constructor(subject: RunningSubject, doc: string, url = subject.urlOf(doc)) {
    this.prefix = subject.prefixOf(doc);
    this.url = url;
    this.wantsToken = subject.wantsToken;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.send(syncFrame(syncMessage.update, update));
    });
    this.connect();
  }

  get cells(): Y.Map<unknown> {
    return this.doc.getMap('faults');
  }

  /** Sends bytes as an update, whatever they are. */
  sendUpdate(update: Uint8Array): void {
    this.send(syncFrame(syncMessage.update, update));
  }

  /** Reads nothing any more. */
  pause(): void {
    this.socket?.pause();
  }

  end(): void {
    this.isEnded = true;
    this.socket?.terminate();
  }

  private connect(): void {
    if (this.isEnded) return;
    const socket = new WebSocket(this.url, { perMessageDeflate: false });
    this.socket = socket;
    socket.on('error', () => {}); // Followed by 'close'.
    socket.on('open', () => {
      // Token '' of a provider without a version.
      if (this.wantsToken) this.send(new Uint8Array([authType, 0, 0]));
      else this.start();
    });
    socket.on('message', (data: Buffer) => this.take(data));
    socket.on('close', (code) => {
      this.isOpen = false;
      this.isRefused = code >= 4400 && code < 4500;
      if (!this.isRefused) setTimeout(() => this.connect(), retryMs);
    });
  }

  private start(): void {
    this.isOpen = true;
    this.send(syncFrame(syncMessage.step1, Y.encodeStateVector(this.doc)));
  }

  private send(frame: Uint8Array): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    this.socket.send(this.prefix.length === 0 ? frame : Buffer.concat([this.prefix, frame]));
  }

  private take(data: Buffer): void {
    let at = this.prefix.length;
    const type = data[at++] ?? -1;
    if (type === authType && !this.isOpen) this.start();
    if (!syncTypes.includes(type)) return;
    const kind = data[at++];
    while ((data[at++] ?? 0) > 127);
    const payload = data.subarray(at);
    if (kind === syncMessage.step1) this.send(syncFrame(syncMessage.step2, Y.encodeStateAsUpdate(this.doc, payload)));
    else Y.applyUpdate(this.doc, payload, this);
  }
}

export const pauseMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for a condition, at most `limitMs`. Answers whether it came about. */
export async function within(limitMs: number, isSo: () => boolean): Promise<boolean> {
  const endMs = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > endMs) return false;
    await pauseMs(2);
  }
  return true;
}
