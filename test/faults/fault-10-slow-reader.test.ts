import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ByteReader } from '@rapport/sync/shared/byte-reader';
import { frameOf, syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { message } from '@rapport/sync/shared/wire';
import { cellsOf, docName, openBench, type HubBench } from './hub-bench.ts';
import { OfferingClient } from './offering-client.ts';
import { listen, until, type SocketBench } from './socket-bench.ts';

let bench: HubBench;
let net: SocketBench;
beforeEach(async () => {
  bench = await openBench({ limits: { stalledBytes: 2 ** 20, stalledMs: 600_000 } });
  net = await listen(() => bench.hub);
});
afterEach(async () => {
  await net.close();
  await bench.end();
});

/** A stock client on a real socket that stops to read; answers its raw stream. */
function stuck(): Promise<Socket> {
  return new Promise((resolve) => {
    const stream = connect(net.port, '127.0.0.1', () =>
      stream.write(
        `GET /${docName}?member=slow HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      ),
    );
    stream.on('error', () => {});
    stream.once('data', () => {
      stream.pause();
      // Masked with zeros: step 1 of an empty document.
      stream.write(Uint8Array.of(0x82, 0x84, 0, 0, 0, 0, 0, 0, 1, 0));
      resolve(stream);
    });
  });
}

test('[S50][S51] fault 10: readers that stop reading cost bounded memory; the others get every edit', async () => {
  const streams = await Promise.all(Array.from({ length: 20 }, stuck));
  const quick = new WebSocket(`${net.url('quick')}&x=1`, { perMessageDeflate: false });
  const seen = new Y.Doc();
  quick.on('message', (data: Buffer) => {
    const reader = new ByteReader(data);
    if (reader.varUint() !== message.sync || reader.varUint() === syncMessage.step1) return;
    Y.applyUpdate(seen, reader.varBytes());
  });
  await new Promise((resolve) => quick.once('open', resolve));
  quick.send(syncFrame(syncMessage.step1, Uint8Array.of(0)));
  const ann = new OfferingClient('ann');
  ann.connect(bench.hub);
  let worst = 0;
  // 24 MB in all for each of the readers, were it kept.
  for (let i = 0; i < 120; i++) {
    ann.doc.getMap('cells').set('big', `${String(i)} ${'x'.repeat(200_000)}`);
    await until(() => String(seen.getMap('cells').get('big') ?? '').startsWith(`${String(i)} `));
    let buffered = 0;
    for (const socket of net.sockets) buffered += socket.bufferedAmount;
    worst = Math.max(worst, buffered);
  }
  // Each at most what it may lag behind, one frame more and its first state; far from 20 × 24 MB.
  expect(worst).toBeLessThan(20 * 2.5 * 2 ** 20);
  const over = [...net.sockets].filter((socket) => socket.bufferedAmount > 2.5 * 2 ** 20);
  expect(over).toEqual([]);
  for (const stream of streams) stream.destroy();
  quick.terminate();
});

test('[S50] fault 10: one that reads again gets one diff and has everything', async () => {
  const slow = new WebSocket(net.url('slow'), { perMessageDeflate: false });
  const mine = new Y.Doc();
  slow.on('message', (data: Buffer) => {
    const reader = new ByteReader(data);
    if (reader.varUint() !== message.sync || reader.varUint() === syncMessage.step1) return;
    Y.applyUpdate(mine, reader.varBytes());
  });
  await new Promise((resolve) => slow.once('open', resolve));
  slow.send(syncFrame(syncMessage.step1, Uint8Array.of(0)));
  slow.send(frameOf(message.barrier, Uint8Array.of(1)));
  slow.pause();
  const ann = new OfferingClient('ann');
  ann.connect(bench.hub);
  for (let i = 0; i < 60; i++) {
    ann.doc.getMap('cells').set(`c${String(i % 7)}`, `${String(i)} ${'y'.repeat(100_000)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  slow.resume();
  const served = await cellsOf(bench.hub);
  const cells = mine.getMap('cells');
  const isWhole = (): boolean => Object.entries(served).every(([key, value]) => cells.get(key) === value);
  await until(() => isWhole() || slow.readyState !== WebSocket.OPEN);
  expect(slow.readyState, 'it was kept').toBe(WebSocket.OPEN);
  slow.terminate();
});
