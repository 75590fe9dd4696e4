import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { syncFrame, syncMessage } from '@rapport/sync/shared/frames';
import { byServer, openBench, type HubBench } from './hub-bench.ts';
import { listen, until } from './socket-bench.ts';

const people = 1000;
const boards = 20;
let bench: HubBench;
afterEach(() => bench.end());

test('[S40][S43] fault 15: 1,000 clients rejoin after a restart', async () => {
  bench = await openBench({ limits: { connectionsPerMember: 100 } });
  const names = Array.from({ length: boards }, (_, i) => `cells/b${String(i)}`);
  for (const name of names) {
    await bench.hub.create(name, byServer, (doc) => {
      for (let i = 0; i < 300; i++)
        doc.getMap('cells').set(`c${String(i)}`, new Y.Map(Object.entries({ title: 'A deal of some length', i })));
    });
  }
  await bench.down();
  let loads = 0;
  await bench.up();
  const { load } = bench.store;
  bench.store.load = (doc) => {
    loads++;
    return load(doc);
  };
  const net = await listen(() => bench.hub);
  global.gc?.();
  const before = process.memoryUsage().rss;
  const startedMs = performance.now();
  let synced = 0;
  const sockets = Array.from({ length: people }, (_, i) => {
    const name = names[i % boards] ?? '';
    const url = `ws://127.0.0.1:${String(net.port)}/${name}?member=m${String(i % 50)}&x=1`;
    const socket = new WebSocket(url, { perMessageDeflate: false });
    socket.on('open', () => socket.send(syncFrame(syncMessage.step1, Uint8Array.of(0))));
    socket.on('message', (data: Buffer) => {
      if (data[0] === 0 && data[1] === syncMessage.step2) synced++;
    });
    socket.on('error', () => {});
    return socket;
  });
  await until(() => synced === people);
  const tookMs = performance.now() - startedMs;
  const grownMiB = (process.memoryUsage().rss - before) / 2 ** 20;
  process.stdout.write(
    `rejoin: ${String(people)} in ${tookMs.toFixed(0)} ms, +${grownMiB.toFixed(0)} MiB, both sides\n`,
  );
  expect(loads, 'each document was read once').toBe(boards);
  expect(bench.hub.stats()).toMatchObject({ documents: boards, connections: people });
  // Both ends of a thousand sockets live in this process; the time is a promise of ten seconds on two cores.
  expect(grownMiB).toBeLessThan(400);
  expect(tookMs).toBeLessThan(30_000);
  for (const socket of sockets) socket.terminate();
  await until(() => bench.hub.stats().connections === 0);
  await net.close();
});
