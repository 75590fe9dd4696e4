import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { FakePeer, turns } from '@rapport/sync/server/fake-peer';
import { frameOf, syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { message } from '@rapport/sync/shared/wire';
import { cellsOf, docName, openBench, type HubBench } from './hub-bench.ts';
import { OfferingClient } from './offering-client.ts';
import { pick, randomOf, seedsFor } from './seeds.ts';
import { listen, until } from './socket-bench.ts';

let bench: HubBench;
const ends: (() => void | Promise<void>)[] = [];
beforeEach(async () => {
  bench = await openBench();
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await bench.end();
});

const hashOf = async (): Promise<string> =>
  createHash('sha256')
    .update(await bench.hub.read(docName, (doc) => Y.encodeStateAsUpdate(doc)))
    .digest('hex');

describe.each(seedsFor(3))('(FAULT_SEED=%i)', (seed) => {
  test.each(['forged', 'reused', 'replayed'])(
    '[S6] fault 7: a %s clientID is refused, the victim converges',
    async (how) => {
      const random = randomOf(seed);
      const victim = new OfferingClient('ann');
      victim.connect(bench.hub);
      await turns();
      for (let i = 0; i < 3 + pick(random, 5); i++) victim.edit();
      await turns();
      const thief = new FakePeer(bench.hub, docName, { member: 'eve', notices: random() < 0.5 });
      await turns();
      const next = Y.getState(victim.doc.store, victim.doc.clientID);
      const forged = new Y.Doc();
      if (how !== 'forged') Y.applyUpdate(forged, Y.encodeStateAsUpdate(victim.doc));
      forged.clientID = victim.doc.clientID;
      forged.getMap('cells').set('stolen', 'eve');
      if (how === 'forged') for (let i = 0; i < next; i++) forged.getMap('cells').set('stolen', i);
      const before = await hashOf();
      if (how === 'replayed') {
        // Known bytes of somebody else are no edit; they neither change nor prove anything.
        for (let i = 0; i < 3; i++) thief.receive(syncFrame(syncMessage.update, Y.encodeStateAsUpdate(victim.doc)));
        await turns();
        expect([await hashOf(), thief.closedWith]).toEqual([before, null]);
      }
      const frame = syncFrame(random() < 0.5 ? syncMessage.update : syncMessage.step2, Y.encodeStateAsUpdate(forged));
      thief.receive(frame);
      thief.barrier(1);
      await turns();
      expect(await hashOf()).toBe(before);
      expect(thief.echoes).toEqual([]);
      if (thief.notices.length > 0) expect(thief.notices).toMatchObject([{ type: 'rejected', code: 'foreign-client' }]);
      else expect(thief.closedWith?.code).toBe(4400);
      // The victim goes on, also after the server and its own page were started again.
      const id = victim.edit();
      await turns();
      await bench.down();
      await bench.up();
      victim.connect(bench.hub);
      await turns(4);
      expect(await cellsOf(bench.hub)).toEqual(victim.doc.getMap('cells').toJSON());
      expect(await cellsOf(bench.hub)).toHaveProperty(id);
      const again = new FakePeer(bench.hub, docName, { member: 'eve' });
      await turns();
      again.receive(frame);
      await turns();
      expect(await cellsOf(bench.hub), 'after a restart, too').not.toHaveProperty('stolen');
    },
  );
});

test.each(seedsFor(1))('[S7] fault 8: 10,000 mutated updates change no document (FAULT_SEED=%i)', async (seed) => {
  const random = randomOf(seed);
  const ann = new OfferingClient('ann');
  ann.connect(bench.hub);
  await turns();
  for (let i = 0; i < 20; i++) ann.edit();
  await turns();
  // Only new structs of eve, so that whatever is valid by chance is seen as an edit of hers.
  const source = new Y.Doc();
  source.getMap('cells').set('eve', new Y.Map(Object.entries({ text: 'ü'.repeat(20), n: 1, list: [1, { a: null }] })));
  source.getText('t').insert(0, 'hello');
  source.getText('t').format(1, 2, { bold: true });
  source.getArray('a').insert(0, [new Y.XmlElement('p'), new Uint8Array(3)]);
  const good = Y.encodeStateAsUpdate(source);
  let eve = new FakePeer(bench.hub, docName, { member: 'eve' });
  await turns();
  let [accepted, refused, closed] = [0, 0, 0];
  for (let i = 0; i < 10_000; i++) {
    const bad = good.slice(0, random() < 0.2 ? 1 + pick(random, good.length) : good.length);
    for (let flips = 1 + pick(random, 3); flips > 0; flips--) bad[pick(random, bad.length)] = pick(random, 256);
    const frame = syncFrame(syncMessage.update, bad);
    const before = bench.hub.stats().pendingCommits;
    eve.receive(random() < 0.1 ? frame.slice(0, 1 + pick(random, frame.length)) : frame);
    if (bench.hub.stats().pendingCommits > before) accepted++;
    else refused++;
    if (eve.closedWith !== null) {
      closed++;
      eve = new FakePeer(bench.hub, docName, { member: 'eve', handshake: false });
    }
    if (i % 100 === 99) await turns(1);
  }
  await turns(4);
  // What was valid after all is an ordinary edit; the served document is the log, whole, and others are as they were.
  const [live, cells] = [await hashOf(), await cellsOf(bench.hub)];
  expect(cells).toMatchObject(ann.doc.getMap('cells').toJSON());
  expect(ann.peer?.closedWith).toBeNull();
  ann.edit();
  await turns();
  ann.note();
  expect(ann.saved.size).toBe(21);
  await bench.down();
  await bench.up();
  expect(bench.hub.stats().damaged).toEqual([]);
  expect(Object.keys(await cellsOf(bench.hub)).length).toBe(Object.keys(cells).length + 1);
  expect([live.length, accepted + refused, closed > 0]).toEqual([64, 10_000, true]);
});

test('[S8][S11] fault 8: text, huge and broken frames, pings and resets: the others notice nothing', async () => {
  const net = await listen(() => bench.hub);
  ends.push(() => net.close());
  const [ann, bob] = [new OfferingClient('ann'), new OfferingClient('bob')];
  ann.connect(bench.hub);
  bob.connect(bench.hub);
  await turns();
  const before = await hashOf();
  const attack = async (send: (socket: WebSocket) => void): Promise<void> => {
    const socket = new WebSocket(net.url('eve'), { perMessageDeflate: false });
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('open', resolve));
    send(socket);
    await new Promise((resolve) => socket.once('close', resolve));
  };
  const mib = 2 ** 20;
  const heapBefore = process.memoryUsage().arrayBuffers;
  await attack((socket) => socket.send('text'));
  await attack((socket) => socket.send(new Uint8Array(100 * mib)));
  await attack((socket) => socket.send(syncFrame(syncMessage.update, new Uint8Array(3 * mib))));
  await attack((socket) => socket.send(new Uint8Array(1000).fill(255)));
  await attack((socket) => {
    for (let i = 0; i < 20_000; i++) socket.ping();
    socket.terminate();
  });
  // A control frame longer than the protocol allows, half a frame, and a length of 2^63.
  const raw = async (bytes: Uint8Array): Promise<void> => {
    await new Promise<void>((resolve) => {
      const stream = connect(net.port, '127.0.0.1', () =>
        stream.write(
          `GET /${docName}?member=eve HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
            'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
        ),
      );
      stream.on('error', () => {});
      stream.once('data', () => {
        stream.write(bytes);
        setTimeout(() => stream.resetAndDestroy(), 20);
      });
      stream.once('close', () => resolve());
    });
  };
  await raw(Uint8Array.of(0x89, 0xfe, 0xff, 0xff, 1, 2, 3, 4));
  await raw(Uint8Array.of(0x82, 0x85, 1, 2, 3, 4, 5));
  await raw(Uint8Array.of(0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 1, 2, 3, 4));
  for (let i = 0; i < 50; i++) {
    const stream = connect(net.port, '127.0.0.1', () => {
      stream.write(`GET /${docName} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`);
      stream.resetAndDestroy();
    });
    stream.on('error', () => {});
    await new Promise((resolve) => stream.once('close', resolve));
  }
  await until(() => net.sockets.size === 0);
  expect(await hashOf()).toBe(before);
  expect([ann.peer?.closedWith, bob.peer?.closedWith]).toEqual([null, null]);
  const id = ann.edit();
  await turns(2);
  ann.note();
  expect([ann.saved.has(id), bob.doc.getMap('cells').has(id)]).toEqual([true, true]);
  expect(process.memoryUsage().arrayBuffers - heapBefore).toBeLessThan(250 * mib);
});

test('[S8] fault 8: between two frames of an attacker everybody else is served (order, not time)', async () => {
  const net = await listen(() => bench.hub);
  ends.push(() => net.close());
  const flood = new WebSocket(net.url('eve'), { perMessageDeflate: false });
  flood.on('error', () => {});
  const victim = new WebSocket(`${net.url('ann')}&x=1`, { perMessageDeflate: false });
  await Promise.all([flood, victim].map((socket) => new Promise((resolve) => socket.once('open', resolve))));
  const echoed: number[] = [];
  victim.on('message', (data: Buffer) => {
    if (data[0] === message.barrier) echoed.push(data[2] ?? 0);
  });
  let flooded = 0;
  // Forty-byte frames without end: each reads as a barrier, the cheapest thing to make the server work for.
  const frame = frameOf(message.barrier, new Uint8Array(38));
  const timer = setInterval(() => {
    if (flood.bufferedAmount > 2 ** 20) return;
    for (let i = 0; i < 500; i++) flood.send(frame);
    flooded += 500;
  }, 1);
  for (let i = 1; i <= 20; i++) {
    victim.send(frameOf(message.barrier, Uint8Array.of(i)));
    await until(() => echoed.includes(i));
  }
  clearInterval(timer);
  flood.terminate();
  victim.terminate();
  expect(echoed).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(flooded).toBeGreaterThan(0);
});

describe('[S20]–[S25] fault 9: awareness', () => {
  const announce = (client: number, clock: number, state: unknown): Uint8Array => {
    const awareness = new Awareness(new Y.Doc());
    awareness.states.set(client, state as Record<string, unknown>);
    awareness.meta.set(client, { clock, lastUpdated: 0 });
    const bytes = encodeAwarenessUpdate(awareness, [client]);
    awareness.destroy();
    return frameOf(message.awareness, bytes);
  };
  const seenBy = (peer: FakePeer): string => peer.awareness.map((bytes) => new TextDecoder().decode(bytes)).join();

  test('nobody speaks as another, kicks another or freezes a clock', async () => {
    const [ann, bob, eve] = ['ann', 'bob', 'eve'].map((member) => new FakePeer(bench.hub, docName, { member }));
    if (ann === undefined || bob === undefined || eve === undefined) throw new Error('three');
    await turns();
    ann.receive(announce(11, 1, { user: { name: 'Mallory' }, card: 'mine' }));
    await turns();
    expect(seenBy(bob)).toContain('"id":"ann"');
    expect(seenBy(bob)).not.toContain('Mallory');
    const before = bob.awareness.length;
    eve.receive(announce(11, 2, { card: 'spoofed' }));
    eve.receive(announce(11, 3, null));
    eve.receive(announce(11, 2 ** 32, { card: 'far' }));
    await turns();
    expect(bob.awareness.length).toBe(before);
    eve.receive(announce(12, 2 ** 32, { card: 'mad clock' }));
    await turns();
    const stock = new Awareness(new Y.Doc());
    for (const bytes of bob.awareness) applyAwarenessUpdate(stock, bytes, null);
    expect(stock.meta.get(12)?.clock, 'sent on with a clock that can go on').toBeLessThan(2 ** 31);
    stock.destroy();
    await new Promise((resolve) => setTimeout(resolve, 120));
    ann.receive(announce(11, 2, { card: 'next' }));
    await turns();
    expect(seenBy(bob), 'ann is heard all the while').toContain('next');
  });

  test('an echo storm of 200 stock clients stays linear', async () => {
    const peers = Array.from({ length: 200 }, (_, i) => {
      const peer = new FakePeer(bench.hub, docName, { member: `m${String(i % 50)}`, notices: false });
      const { send } = peer;
      peer.send = (frame) => {
        send.call(peer, frame);
        // A stock client sends on whatever states it hears.
        if (frame[0] === message.awareness) queueMicrotask(() => peer.receive(frame));
      };
      return peer;
    });
    await turns();
    for (const [i, peer] of peers.entries()) peer.receive(announce(1000 + i, 1, { n: i }));
    await turns(10);
    const after = peers.reduce((sum, peer) => sum + peer.awareness.length, 0);
    await turns(20);
    expect(peers.reduce((sum, peer) => sum + peer.awareness.length, 0) - after, 'no echo of echoes').toBe(0);
    expect(after).toBeLessThan(200 * 12);
  });
});
