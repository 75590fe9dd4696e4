import { once } from 'node:events';
import { frameOf, syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { message } from '@rapport/sync/shared/wire';
import { WebSocket } from 'ws';
import type { RunningSubject } from './subject.ts';

const emptyUpdate = new Uint8Array([0, 0]);
const emptyVector = new Uint8Array([0]);
/** Hocuspocus answers a step 1 with 0 and offers its own with 4; both hold a sync message. */
const syncTypes: readonly number[] = [0, 4];
const authType = 2;
/** Hocuspocus says after each update that it was applied; it is stored later. */
const syncStatusType = 8;

/**
 * One client's connection, reduced to frames: it keeps no document, so that the load costs little beside the server
 * that is measured. It speaks the dialect of each subject.
 */
export class WireClient {
  /** Called with each update's bytes. */
  onUpdate: (update: Buffer) => void = () => {};
  /** Called when the server has acknowledged the next of our updates: ours when it is durable. */
  onAcknowledged: () => void = () => {};
  /** Set when the server has closed the connection. */
  lost: Error | null = null;
  receivedBytes = 0;
  receivedFrames = 0;
  private readonly socket: WebSocket;
  private readonly prefix: Uint8Array;
  private isClosing = false;
  private whenLost: (error: Error) => void = () => {};
  private whenLet: (() => void) | null = null;
  private whenSynced: ((state: Buffer) => void) | null = null;

  private constructor(subject: RunningSubject, doc: string) {
    this.prefix = subject.prefixOf(doc);
    this.socket = new WebSocket(subject.urlOf(doc), { perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => this.take(data));
    this.socket.on('error', () => {}); // Followed by 'close'.
    this.socket.on('close', (code, reason) => {
      if (this.isClosing) return;
      this.lost = new Error(`the server closed a connection: ${code} ${reason.toString()}`);
      this.whenLost(this.lost);
    });
  }

  /** Connects and is let in. */
  static async open(subject: RunningSubject, doc: string): Promise<WireClient> {
    const client = new WireClient(subject, doc);
    await once(client.socket, 'open');
    if (subject.wantsToken) {
      const isLet = new Promise<void>((resolve, reject) => {
        client.whenLost = reject;
        client.whenLet = resolve;
      });
      // Token '' of a provider without a version.
      client.send(new Uint8Array([authType, 0, 0]));
      await isLet;
    }
    return client;
  }

  /**
   * Connects, is let in and receives the document: at least `leastBytes` of it, because y-websocket first answers with
   * nothing while it loads a document, and sends it afterwards as an update. `state` is what came last.
   */
  static async join(
    subject: RunningSubject,
    doc: string,
    leastBytes = 0,
  ): Promise<{ client: WireClient; state: Buffer }> {
    const client = await WireClient.open(subject, doc);
    const synced = new Promise<Buffer>((resolve, reject) => {
      client.whenLost = reject;
      client.whenSynced = (state) => {
        if (client.receivedBytes < leastBytes) return;
        client.whenSynced = null;
        resolve(state);
      };
    });
    client.send(syncFrame(syncMessage.step1, emptyVector));
    return { client, state: await synced };
  }

  sendUpdate(update: Uint8Array): void {
    this.send(syncFrame(syncMessage.update, update));
  }

  /** Asks our server to say when all that was sent before is durable. Others have no such message. */
  askForAcknowledgement(): void {
    this.send(frameOf(message.barrier, new Uint8Array([1])));
  }

  async close(): Promise<void> {
    this.isClosing = true;
    if (this.lost !== null) return;
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  private send(frame: Uint8Array): void {
    this.socket.send(this.prefix.length === 0 ? frame : Buffer.concat([this.prefix, frame]));
  }

  private take(data: Buffer): void {
    this.receivedBytes += data.length;
    this.receivedFrames++;
    let at = this.prefix.length;
    const type = data[at++] ?? -1;
    if (type === authType && this.whenLet !== null) this.whenLet();
    if (type === message.barrier || type === syncStatusType) this.onAcknowledged();
    if (!syncTypes.includes(type)) return;
    const kind = data[at++];
    if (kind === syncMessage.step1) {
      this.send(syncFrame(syncMessage.step2, emptyUpdate));
      return;
    }
    while ((data[at++] ?? 0) > 127);
    const payload = data.subarray(at);
    if (this.whenSynced !== null) this.whenSynced(payload);
    else this.onUpdate(payload);
  }
}
