import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { syncFrame, syncMessage } from '../shared/frames.ts';
import { cellsKind } from './cells-kind.ts';
import { FakePeer, turns } from './fake-peer.ts';
import { makeHub } from './hub.ts';
import { defaultLimits } from './limits.ts';
import { MemoryStore } from './memory-store.ts';
import type { Hub, Limits } from './ports.ts';

const doc = 'cells/a';
const server = { actor: 'server', via: 'server' } as const;
let store: MemoryStore;
let hub: Hub;
let nowMs: number;
const logged: string[] = [];

function start(limits: Partial<Limits> = {}): Hub {
  return makeHub({
    store,
    kinds: [cellsKind],
    limits: { ...defaultLimits, ...limits },
    now: () => nowMs,
    log: (level, text, detail) => logged.push(`${level} ${text} ${JSON.stringify(detail ?? {})}`),
  });
}

beforeEach(async () => {
  store = new MemoryStore();
  nowMs = 1_000_000;
  logged.length = 0;
  hub = start();
  await hub.create(doc, server, (made) => made.getMap('cells').set('seed', new Y.Map([['n', 0]])));
});

afterEach(async () => {
  await hub.close();
});

async function join(options: ConstructorParameters<typeof FakePeer>[2] = {}): Promise<FakePeer> {
  const peer = new FakePeer(hub, doc, options);
  await turns();
  return peer;
}

/** An update of a client of its own that sets one value. */
function updateOf(edit: (doc: Y.Doc) => void, clientID?: number): Uint8Array {
  const made = new Y.Doc();
  if (clientID !== undefined) made.clientID = clientID;
  edit(made);
  return Y.encodeStateAsUpdate(made);
}

describe('an edit', () => {
  test('[S1] reaches the others and the log, and is not echoed', async () => {
    const [a, b] = [await join(), await join({ member: 'bob' })];
    const before = a.frames.length;
    a.doc.getMap('cells').set('x', new Y.Map([['n', 1]]));
    expect(b.doc.getMap('cells').has('x')).toBe(false);
    await turns();
    expect(b.doc.getMap('cells').toJSON()).toEqual({ seed: { n: 0 }, x: { n: 1 } });
    expect(a.frames.length).toBe(before);
    expect(store.log.at(-1)).toMatchObject({ actor: 'ann', via: 'live', doc, at: nowMs });
    expect([...(store.tables.get('cells')?.values() ?? [])]).toHaveLength(2);
  });

  test('[S2] is sent to nobody and acknowledged to nobody before it is durable', async () => {
    const [a, b] = [await join(), await join({ member: 'bob' })];
    let finish = (): void => {};
    store.beforeCommit = () => new Promise((resolve) => (finish = resolve));
    a.doc.getMap('cells').set('x', 1);
    a.barrier(7);
    await turns();
    const late = await join({ member: 'cid' });
    expect(b.doc.getMap('cells').has('x')).toBe(false);
    expect(late.doc.getMap('cells').has('x')).toBe(false);
    expect(a.echoes).toEqual([]);
    store.beforeCommit = async () => {};
    finish();
    await turns();
    expect(b.doc.getMap('cells').get('x')).toBe(1);
    expect(late.doc.getMap('cells').get('x')).toBe(1);
    expect(a.echoes).toEqual([[7]]);
  });

  test('[S3] one commit a turn for all documents', async () => {
    await hub.create('cells/b', server, () => {});
    const commits: number[] = [];
    hub.onCommit((commit) => commits.push(commit.entries.length));
    const a = await join();
    const b = new FakePeer(hub, 'cells/b', { member: 'bob' });
    await turns();
    a.doc.getMap('cells').set('x', 1);
    a.doc.getMap('cells').set('y', 1);
    b.doc.getMap('cells').set('z', 1);
    await turns();
    expect(commits).toEqual([3]);
  });

  test('[S4] a pure delete is covered by a barrier, and one without any edit is answered at once', async () => {
    const a = await join();
    a.barrier(1);
    expect(a.echoes).toEqual([[1]]);
    a.doc.getMap('cells').delete('seed');
    a.barrier(2);
    expect(a.echoes).toEqual([[1]]);
    await turns();
    expect(a.echoes).toEqual([[1], [2]]);
    expect(store.log).toHaveLength(2);
  });

  test('[S4] the writer hears that it is saved before the readers are served', async () => {
    const [reader, a] = [await join(), await join()];
    let heardBefore: unknown = null;
    reader.doc.on('update', () => (heardBefore = [...a.echoes]));
    a.doc.getMap('cells').set('x', 1);
    a.barrier(7);
    await turns();
    expect(heardBefore).toEqual([[7]]);
  });

  test('a reaction of the server is logged as its own entry and sent', async () => {
    const a = await join();
    a.doc.getMap<Y.Map<unknown>>('cells').get('seed')?.set('raced', 1);
    await turns();
    expect(a.doc.getMap<Y.Map<unknown>>('cells').get('seed')?.get('racedBy')).toBe('ann');
    expect(store.log.slice(-2).map((entry) => entry.actor)).toEqual(['ann', 'server']);
  });
});

describe('a commit that fails', () => {
  test('[S5] is not acknowledged: notice, 1013, and the edit is offered again', async () => {
    const [a, b] = [await join(), await join({ member: 'bob' })];
    store.failure = new Error('disk full');
    a.doc.getMap('cells').set('x', 1);
    a.barrier(1);
    await turns();
    expect(a.echoes).toEqual([]);
    expect(a.notices).toMatchObject([{ type: 'not-saved' }]);
    expect([a.closedWith?.code, b.closedWith?.code]).toEqual([1013, 1013]);
    expect(b.doc.getMap('cells').has('x')).toBe(false);
    expect(hub.stats()).toMatchObject({ lastCommitError: 'disk full', documents: 0, connections: 0 });
    await expect(hub.transact(doc, server, (made) => made.getMap('cells').set('y', 1))).rejects.toThrow('disk full');
    store.failure = null;
    const again = new FakePeer(hub, doc);
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(a.doc), again);
    again.barrier(9);
    await turns();
    again.barrier(10);
    await turns();
    expect(again.echoes).toContainEqual([10]);
    expect((await join({ member: 'bob' })).doc.getMap('cells').get('x')).toBe(1);
    expect(hub.stats().lastCommitError).toBeNull();
  });
});

describe('what is refused', () => {
  test('[S6] a clientID of somebody else, also after a restart', async () => {
    const a = await join();
    a.doc.getMap('cells').set('x', 1);
    await turns();
    await hub.close();
    hub = start();
    const b = await join({ member: 'bob' });
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(a.doc));
    forged.clientID = a.doc.clientID;
    forged.getMap('cells').set('forged', 1);
    b.receive(syncFrame(syncMessage.update, Y.encodeStateAsUpdate(forged)));
    await turns();
    expect(b.notices).toMatchObject([{ type: 'rejected', code: 'foreign-client' }]);
    expect(store.log).toHaveLength(2);
    const own = await join({ member: 'ann' });
    own.receive(syncFrame(syncMessage.update, Y.encodeStateAsUpdate(forged)));
    await turns();
    expect(own.notices).toEqual([]);
    expect(store.log).toHaveLength(3);
  });

  test('[S7] garbage changes nothing: malformed, cut off, in a circle', async () => {
    const a = await join();
    const good = updateOf((made) => made.getMap('cells').set('x', 'häß'), 5);
    for (let end = 0; end < good.length; end++) a.receive(syncFrame(syncMessage.update, good.subarray(0, end)));
    expect(a.closedWith).toBeNull();
    expect(a.notices).toHaveLength(good.length);
    // Two clients whose structs each have the other's as origin: 1 struct, client 8/9, origin 9:0 / 8:0, text "a".
    const circle = new Uint8Array([2, 1, 8, 0, 0x84, 9, 0, 1, 97, 1, 9, 0, 0x84, 8, 0, 1, 97, 0]);
    a.receive(syncFrame(syncMessage.update, circle));
    await turns();
    expect(store.log).toHaveLength(1);
    const fresh = await join({ member: 'bob' });
    expect(fresh.doc.getMap('cells').toJSON()).toEqual({ seed: { n: 0 } });
    fresh.doc.getMap('cells').set('after', 1);
    await turns();
    expect(store.log).toHaveLength(2);
  });

  test('[S8] frames that are none close with 4400', async () => {
    for (const frame of [
      [],
      [0],
      [0, 9, 0],
      [0, 2, 200],
      [1, 5, 1],
      [102],
      [255, 255, 255, 255, 255, 255, 255, 255, 255],
    ]) {
      const a = await join();
      a.receive(new Uint8Array(frame));
      expect(a.closedWith?.code, String(frame)).toBe(4400);
    }
    const text = await join();
    text.peer.receiveText();
    expect(text.closedWith?.code).toBe(4400);
    const stock = await join({ notices: false });
    stock.receive(syncFrame(syncMessage.update, new Uint8Array([1, 1])));
    expect(stock.closedWith?.code).toBe(4400);
    const newer = await join();
    newer.receive(new Uint8Array([99, 1, 2]));
    expect(newer.closedWith).toBeNull();
  });

  test('[S9] a gap is held back, not logged, not acknowledged over, and closed by its predecessor', async () => {
    const a = await join({ handshake: false });
    const writer = new Y.Doc();
    const updates: Uint8Array[] = [];
    writer.on('update', (update: Uint8Array) => updates.push(update));
    for (const n of [1, 2, 3]) writer.getMap('cells').set('x', n);
    const [first, second, third] = updates;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three updates');
    a.receive(syncFrame(syncMessage.update, third));
    a.receive(syncFrame(syncMessage.update, second));
    a.barrier(1);
    await turns();
    expect(a.echoes).toEqual([]);
    expect(store.log).toHaveLength(1);
    a.receive(syncFrame(syncMessage.update, first));
    await turns();
    expect(a.echoes).toEqual([[1]]);
    expect(store.log).toHaveLength(4);
    expect((await join({ member: 'bob' })).doc.getMap('cells').get('x')).toBe(3);
  });

  test('[S9] held updates are bounded', async () => {
    await hub.close();
    hub = start({ pendingBytes: 2000 });
    const a = await join();
    const writer = new Y.Doc();
    writer.getMap('cells').set('lost', 1);
    writer.on('update', (update: Uint8Array) => a.receive(syncFrame(syncMessage.update, update)));
    for (let n = 0; n < 200; n++) writer.getMap('cells').set('x', n);
    expect(a.notices).toContainEqual(expect.objectContaining({ code: 'pending-limit' }));
  });

  test('[S10] a reader may look, not write', async () => {
    const a = await join({ access: 'read' });
    const stock = await join({ access: 'read', notices: false });
    expect(a.doc.getMap('cells').has('seed')).toBe(true);
    expect([a.notices, a.closedWith]).toEqual([[{ type: 'access', access: 'read' }], null]);
    a.doc.getMap('cells').set('x', 1);
    stock.doc.getMap('cells').set('x', 1);
    a.barrier(1);
    await turns();
    expect(a.notices.slice(1)).toMatchObject([{ type: 'rejected', code: 'read-only' }]);
    expect(a.echoes).toEqual([]);
    expect(stock.closedWith).toBeNull();
    expect(store.log).toHaveLength(1);
    hub.setAccess('ann', 'write');
    await turns();
    a.barrier(2);
    await turns();
    expect(a.echoes).toEqual([[2]]);
    expect((await join({ member: 'bob' })).doc.getMap('cells').get('x')).toBe(1);
    hub.setAccess('ann', 'none');
    expect(a.closedWith?.code).toBe(4403);
  });

  test('[S11] too large, too many, too often', async () => {
    await hub.close();
    hub = start({
      frameBytes: 1000,
      firstSyncBytes: 3000,
      connectionsPerMember: 3,
      connectionsPerDocument: 4,
      updateBurst: 5,
    });
    const big = updateOf((made) => made.getMap('cells').set('x', 'y'.repeat(1500)));
    const a = new FakePeer(hub, doc, { handshake: false });
    a.receive(syncFrame(syncMessage.step2, big));
    await turns();
    expect(a.closedWith).toBeNull();
    a.receive(syncFrame(syncMessage.update, big));
    expect(a.closedWith?.code).toBe(1009);
    const mine = [new FakePeer(hub, doc), new FakePeer(hub, doc), new FakePeer(hub, doc)];
    expect(new FakePeer(hub, doc).closedWith?.code).toBe(1013);
    const [bob, cid] = [new FakePeer(hub, doc, { member: 'bob' }), new FakePeer(hub, doc, { member: 'cid' })];
    expect([bob.closedWith, cid.closedWith?.code]).toEqual([null, 1013]);
    mine[0]?.hangUp();
    await turns();
    expect(new FakePeer(hub, doc).closedWith).toBeNull();
    for (let i = 0; i < 6; i++) bob.doc.getMap('cells').set('n', i);
    expect(bob.closedWith).toMatchObject({ code: 1013 });
  });

  test('[S12] no such document', async () => {
    const a = new FakePeer(hub, 'cells/none');
    await turns();
    expect(a.closedWith?.code).toBe(4404);
    await expect(hub.read('cells/none', () => 1)).rejects.toThrow('no such document');
    expect(hub.stats().documents).toBe(1);
  });
});
