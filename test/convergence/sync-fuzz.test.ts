import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { cellsKind } from '@rapport/sync/server/cells-kind';
import { FakePeer, turns } from '@rapport/sync/server/fake-peer';
import { makeHub } from '@rapport/sync/server/hub';
import { defaultLimits } from '@rapport/sync/server/limits';
import { applyWrites, MemoryStore } from '@rapport/sync/server/memory-store';
import type { Hub } from '@rapport/sync/server/ports';
import { rebuildRows } from '@rapport/sync/server/rebuild';

// Replicas of one document with partitions, dropped connections, delayed delivery, commits that fail and a server
// that restarts from its store. Set SYNC_FUZZ_SEED to repeat one run, SYNC_FUZZ_RUNS for more of them.
const name = 'cells/a';
const fixed = process.env['SYNC_FUZZ_SEED'];
const runs = Number(process.env['SYNC_FUZZ_RUNS'] ?? 25);
const first = Math.floor(Math.random() * 1e9);
const seeds = fixed === undefined ? Array.from({ length: runs }, (_, i) => first + i) : [Number(fixed)];

/** mulberry32 */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A member's document that outlives its connections. Frames to it may be kept back and delivered later. */
class Replica {
  readonly doc = new Y.Doc();
  readonly member: string;
  private peer: FakePeer | null = null;

  constructor(member: string) {
    this.member = member;
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.peer?.receive(syncFrame(syncMessage.update, update));
    });
  }

  get isConnected(): boolean {
    return this.peer !== null && this.peer.closedWith === null;
  }

  /** Connects; `delayed` holds what the server sends until `deliver`. */
  connect(hub: Hub): void {
    this.peer = new FakePeer(hub, name, { member: this.member, handshake: false });
    // The peer's document is the inbox: what it receives is carried over by deliver().
    this.peer.receive(syncFrame(syncMessage.step1, Y.encodeStateVector(this.doc)));
    this.peer.receive(syncFrame(syncMessage.step2, Y.encodeStateAsUpdate(this.doc)));
  }

  disconnect(): void {
    if (this.isConnected) this.peer?.hangUp();
    this.peer = null;
  }

  /** Takes what has arrived; dropped with the connection when it never does. */
  deliver(): void {
    for (const frame of this.peer?.frames.splice(0) ?? []) {
      if (frame[0] !== 0 || frame[1] === syncMessage.step1) continue;
      let at = 2;
      while ((frame[at] ?? 0) > 127) at++;
      Y.applyUpdate(this.doc, frame.subarray(at + 1), this);
    }
  }
}

function edit(doc: Y.Doc, random: () => number): void {
  const cells = doc.getMap<Y.Map<unknown>>('cells');
  const id = `c${String(Math.floor(random() * 8))}`;
  const field = ['a', 'b', 'raced'][Math.floor(random() * 3)] ?? 'a';
  const cell = cells.get(id);
  const roll = random();
  if (roll < 0.1) cells.delete(id);
  else if (cell === undefined || roll < 0.2) cells.set(id, new Y.Map([[field, Math.floor(random() * 100)]]));
  else if (roll < 0.3) cell.delete(field);
  else cell.set(field, `ü${String(Math.floor(random() * 1000))}`);
}

let hub: Hub | null = null;
afterEach(() => hub?.close());

test.each(seeds)('[S81] all replicas, the server and the rows converge (SYNC_FUZZ_SEED=%i)', async (seed) => {
  const random = randomOf(seed);
  const store = new MemoryStore();
  let nowMs = 0;
  const start = (): Hub =>
    makeHub({
      store,
      kinds: [cellsKind],
      limits: { ...defaultLimits, updateBurst: 1e6 },
      now: () => ++nowMs,
      random,
      log: () => {},
    });
  hub = start();
  await hub.create(name, { actor: 'server', via: 'server' }, () => {});
  const replicas = ['ann', 'bob', 'cid', 'ann'].map((member) => new Replica(member));
  for (let step = 0; step < 150; step++) {
    const replica = replicas[Math.floor(random() * replicas.length)];
    if (replica === undefined) continue;
    const roll = random();
    if (roll < 0.5) edit(replica.doc, random);
    else if (roll < 0.65) replica.deliver();
    else if (roll < 0.75) replica.disconnect();
    else if (roll < 0.88) {
      if (!replica.isConnected) replica.connect(hub);
    } else if (roll < 0.9) {
      for (const one of replicas) one.disconnect();
      await hub.close();
      hub = start();
    } else if (roll < 0.92) store.failure = store.failure === null ? new Error('disk full') : null;
    else if (roll < 0.94) {
      // Whether it could be saved is not the point here.
      await hub.transact(name, { actor: 'server', via: 'rest' }, (doc) => edit(doc, random)).catch(() => {});
    } else await turns(2);
  }
  store.failure = null;
  await turns(4);
  for (let round = 0; round < 3; round++) {
    for (const replica of replicas) {
      replica.disconnect();
      replica.connect(hub);
    }
    await turns(6);
    for (const replica of replicas) replica.deliver();
  }
  const server = await hub.read(name, (doc) => ({
    cells: doc.getMap('cells').toJSON(),
    vector: [...Y.encodeStateVector(doc)],
    pending: doc.store.pendingStructs ?? doc.store.pendingDs,
  }));
  expect(server.pending).toBeNull();
  for (const { doc } of replicas) {
    expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
    expect(doc.getMap('cells').toJSON()).toEqual(server.cells);
    expect(Y.decodeStateVector(Y.encodeStateVector(doc))).toEqual(Y.decodeStateVector(new Uint8Array(server.vector)));
  }
  const rebuilt: MemoryStore['tables'] = new Map();
  await rebuildRows(store, [cellsKind], (writes) => applyWrites(rebuilt, writes));
  expect(rebuilt).toEqual(store.tables);
});
