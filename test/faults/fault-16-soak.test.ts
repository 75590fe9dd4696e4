import { afterEach, expect, test } from 'vitest';
import { turns } from '@rapport/sync/server/fake-peer';
import { byServer, openBench, type HubBench } from './hub-bench.ts';
import { OfferingClient } from './offering-client.ts';
import { pick, randomOf, seedsFor } from './seeds.ts';

// SOAK_MINUTES=10 (or any number) soaks for so long; by default a few seconds, enough to see what leaks per round.
const minutes = Number(process.env['SOAK_MINUTES'] ?? 0);
let bench: HubBench;
afterEach(() => bench.end());

test.each(seedsFor(1))(
  '[S40] fault 16: people come, edit and go: memory flat, documents unload, no timers left (FAULT_SEED=%i)',
  { timeout: minutes * 60_000 + 60_000 },
  async (seed) => {
    const random = randomOf(seed);
    bench = await openBench({ limits: { idleUnloadMs: 5 } });
    const names = Array.from({ length: 10 }, (_, i) => `cells/b${String(i)}`);
    for (const name of names) await bench.hub.create(name, byServer, () => {});
    while (bench.hub.stats().documents > 0) await turns();
    const timersBefore = timers();
    const round = async (): Promise<void> => {
      const clients = names.map((_, i) => new OfferingClient(`m${String(i)}`));
      for (const [i, client] of clients.entries()) client.connect(bench.hub, names[i]);
      await turns();
      for (let i = 0; i < 20; i++) {
        const client = clients[pick(random, clients.length)];
        // The same few cells: what grows is history, not the documents.
        client?.doc.getMap('cells').set(`c${String(pick(random, 5))}`, pick(random, 1000));
        if (random() < 0.3) await turns(1);
      }
      await turns(3);
      for (const client of clients) client.hangUp();
      while (bench.hub.stats().documents > 0) await new Promise((resolve) => setTimeout(resolve, 1));
      for (const client of clients) client.doc.destroy();
    };
    for (let i = 0; i < 10; i++) await round();
    const heaps: number[] = [];
    const untilMs = performance.now() + minutes * 60_000;
    for (let i = 0; i < 40 || performance.now() < untilMs; i++) {
      await round();
      collect();
      heaps.push(process.memoryUsage().heapUsed / 2 ** 20);
    }
    const [early, late] = [heaps.slice(0, heaps.length >> 1), heaps.slice(heaps.length >> 1)];
    expect(Math.min(...late) - Math.min(...early), heaps.map((heap) => heap.toFixed(1)).join(' ')).toBeLessThan(6);
    expect(bench.hub.stats()).toMatchObject({ documents: 0, connections: 0, pendingCommits: 0 });
    expect(timers(), 'timers').toBeLessThanOrEqual(timersBefore);
  },
);

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

function collect(): void {
  global.gc?.();
}
