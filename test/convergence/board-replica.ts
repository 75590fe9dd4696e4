import type { Applied } from '@rapport/doc/patch';
import { makeHistory, type History } from '@rapport/doc/undo';
import { FakePeer } from '@rapport/sync/server/fake-peer';
import type { Hub } from '@rapport/sync/server/ports';
import { syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import * as Y from 'yjs';

/** mulberry32 */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(items: readonly T[], random: () => number): T | undefined =>
  items[Math.floor(random() * items.length)];

const shuffled = <T>(items: readonly T[], random: () => number): T[] =>
  items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/** A member's copy of one document; it outlives its connections. */
export class Replica {
  readonly doc = new Y.Doc();
  readonly name: string;
  readonly member: string;
  /** How many of its own edits the server said are durable. */
  acknowledged = 0;
  private peer: FakePeer | null = null;
  /** Frames go out but never arrive, as on a line that died unnoticed. */
  private isBlackHole = false;

  constructor(member: string, name: string) {
    this.member = member;
    this.name = name;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return;
      this.send(syncFrame(syncMessage.update, update));
      this.askBarrier();
    });
  }

  get isConnected(): boolean {
    return this.peer !== null && this.peer.closedWith === null;
  }

  /** What the server refused of this replica's frames. */
  get refusals(): readonly unknown[] {
    return this.peer?.notices.filter(({ type }) => type === 'rejected') ?? [];
  }

  connect(hub: Hub): void {
    this.isBlackHole = false;
    this.peer = new FakePeer(hub, this.name, { member: this.member, handshake: false });
    this.peer.receive(syncFrame(syncMessage.step1, Y.encodeStateVector(this.doc)));
    this.peer.receive(syncFrame(syncMessage.step2, Y.encodeStateAsUpdate(this.doc)));
    this.askBarrier();
  }

  disconnect(): void {
    this.takeEchoes();
    if (this.isConnected) this.peer?.hangUp();
    this.peer = null;
  }

  loseLine(): void {
    this.isBlackHole = true;
  }

  /** Takes what has arrived, in any order; what never was delivered is lost with the connection. */
  deliver(random?: () => number): void {
    this.takeEchoes();
    const frames = this.peer?.frames.splice(0) ?? [];
    for (const frame of random ? shuffled(frames, random) : frames) {
      if (frame[0] !== 0 || frame[1] === syncMessage.step1) continue;
      let at = 2;
      while ((frame[at] ?? 0) > 127) at++;
      Y.applyUpdate(this.doc, frame.subarray(at + 1), this);
    }
  }

  private send(frame: Uint8Array): void {
    if (!this.isBlackHole) this.peer?.receive(frame);
  }

  private askBarrier(): void {
    const clock = Y.getState(this.doc.store, this.doc.clientID);
    if (!this.isBlackHole) this.peer?.barrier(clock & 255, (clock >> 8) & 255, clock >> 16);
  }

  private takeEchoes(): void {
    for (const [low = 0, middle = 0, high = 0] of this.peer?.echoes ?? [])
      this.acknowledged = Math.max(this.acknowledged, low + middle * 256 + high * 65_536);
  }
}

/** A person at one device: their copies of the boards and their own history over them. */
export class Person {
  readonly member: string;
  readonly replicas: ReadonlyMap<string, Replica>;
  readonly history: History<string>;
  /** Fields that this device wrote, each once and nobody else. */
  readonly marks: { readonly id: string; readonly mark: string }[] = [];

  constructor(member: string, documents: readonly string[], now: () => number) {
    this.member = member;
    this.replicas = new Map(documents.map((name) => [name, new Replica(member, name)]));
    this.history = makeHistory<string>({ now, documentOf: async (name) => this.replicas.get(name)?.doc ?? null });
  }

  did(doc: string, applied: Applied): void {
    this.history.push({ label: 'did', parts: [{ doc, applied }] });
  }
}
