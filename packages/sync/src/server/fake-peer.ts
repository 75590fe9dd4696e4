import * as Y from 'yjs';
import { ByteReader } from '../shared/byte-reader.ts';
import { frameOf, syncFrame, syncMessage } from '../shared/frames.ts';
import { message, type Notice } from '../shared/wire.ts';
import type { Access, Hub, Peer, PeerSocket } from './ports.ts';

/** A client in memory for tests: a document, the frames that it got, and the protocol as a stock client speaks it. */
export class FakePeer implements PeerSocket {
  readonly doc = new Y.Doc();
  readonly notices: Notice[] = [];
  /** Every connection is told; it would only be in the way among the notices. */
  epoch: string | null = null;
  readonly echoes: number[][] = [];
  readonly awareness: Uint8Array[] = [];
  readonly frames: Uint8Array[] = [];
  closedWith: { code: number; reason: string } | null = null;
  bufferedAmount = 0;
  peer: Peer;

  constructor(
    hub: Hub,
    name: string,
    options: { member?: string; access?: Access; notices?: boolean; handshake?: boolean } = {},
  ) {
    const { member = 'ann', access = 'write', notices = true, handshake = true } = options;
    const identity = { memberId: member, name: member.toUpperCase(), colour: 3 };
    this.peer = hub.connect({ doc: name, socket: this, identity, access, notices });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.receive(syncFrame(syncMessage.update, update));
    });
    if (handshake) this.askAll();
  }

  askAll(): void {
    this.receive(syncFrame(syncMessage.step1, Y.encodeStateVector(this.doc)));
  }

  receive(frame: Uint8Array): void {
    if (this.closedWith === null) this.peer.receive(frame);
  }

  barrier(...version: number[]): void {
    this.receive(frameOf(message.barrier, new Uint8Array(version)));
  }

  close(code: number, reason: string): void {
    this.closedWith = { code, reason };
  }

  hangUp(): void {
    this.closedWith = { code: 1006, reason: '' };
    this.peer.closed();
  }

  private takeNotice(notice: Notice): void {
    if (notice.type === 'epoch') this.epoch = notice.epoch;
    else this.notices.push(notice);
  }

  send(frame: Uint8Array): void {
    this.frames.push(frame);
    const reader = new ByteReader(frame);
    const type = reader.varUint();
    if (type === message.sync) {
      const kind = reader.varUint();
      const payload = reader.varBytes();
      if (kind !== syncMessage.step1) Y.applyUpdate(this.doc, payload, this);
      // Answered later, as a network would.
      else queueMicrotask(() => this.receive(syncFrame(syncMessage.step2, Y.encodeStateAsUpdate(this.doc, payload))));
    } else if (type === message.awareness) this.awareness.push(reader.varBytes());
    else if (type === message.barrier) this.echoes.push([...reader.varBytes()]);
    else if (type === message.notice) this.takeNotice(parseNotice(reader.varString()));
  }
}

function parseNotice(json: string): Notice {
  const parsed: Notice = JSON.parse(json);
  return parsed;
}

/** Waits for `turns` of the event loop: commits happen once a turn. */
export async function turns(count = 3): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
