import * as Y from 'yjs';
import { FakePeer } from '@rapport/sync/server/fake-peer';
import type { Hub } from '@rapport/sync/server/ports';
import { docName } from './hub-bench.ts';

/** A member's document that outlives its connections, and what it was promised. Edits get a barrier each. */
export class OfferingClient {
  /** A new one with every connection, as when a page is opened again. */
  doc = new Y.Doc();
  readonly saved = new Set<string>();
  readonly member: string;
  peer: FakePeer | null = null;
  private count = 0;

  constructor(member: string) {
    this.member = member;
  }

  get isConnected(): boolean {
    return this.peer !== null && this.peer.closedWith === null;
  }

  /** Connects and offers all that it has, as every client does. */
  connect(hub: Hub, name = docName): void {
    this.peer = new FakePeer(hub, name, { member: this.member, handshake: false });
    const { peer } = this;
    Y.applyUpdate(peer.doc, Y.encodeStateAsUpdate(this.doc), peer);
    this.doc = peer.doc;
    peer.askAll();
    peer.barrier(0);
  }

  hangUp(): void {
    this.peer?.hangUp();
    this.peer = null;
  }

  /** Sets one cell of its own; answers its name. */
  edit(): string {
    const id = `${this.member}${String(this.count++)}`;
    this.doc.getMap('cells').set(id, this.count);
    this.peer?.barrier(...new TextEncoder().encode(id));
    return id;
  }

  /** Takes note of the echoes so far: an echo covers everything before it. */
  note(): void {
    for (const bytes of this.peer?.echoes ?? []) {
      const id = new TextDecoder().decode(new Uint8Array(bytes));
      const upTo = Number(id.slice(this.member.length));
      if (id.startsWith(this.member)) for (let i = 0; i <= upTo; i++) this.saved.add(`${this.member}${String(i)}`);
    }
  }
}
