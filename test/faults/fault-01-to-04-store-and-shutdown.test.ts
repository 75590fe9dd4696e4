import { afterEach, describe, expect, test } from 'vitest';
import { turns } from '@rapport/sync/server/fake-peer';
import { provenSnapshot } from '@rapport/sync/server/snapshot';
import { failing, sqliteError, type FailingStore } from './failing-store.ts';
import { byServer, cellsOf, docName, openBench, type BenchOptions, type HubBench } from './hub-bench.ts';
import { OfferingClient } from './offering-client.ts';
import { pick, randomOf, seedsFor } from './seeds.ts';

let bench: HubBench;
let disk: FailingStore;
const open = async (options: BenchOptions = {}): Promise<void> => {
  bench = await openBench({ ...options, around: (store) => (disk = failing(store)) });
};
afterEach(() => bench.end());

const names = async (): Promise<string[]> => Object.keys(await cellsOf(bench.hub)).sort();
const missing = (saved: Iterable<string>, there: readonly string[]): string[] =>
  [...saved].filter((id) => !there.includes(id));

describe.each(seedsFor(6))('(FAULT_SEED=%i)', (seed) => {
  test('[S5] fault 1: the store fails, recovers, the last client leaves: every saved edit is there', async () => {
    await open({ limits: { idleUnloadMs: 1 } });
    const random = randomOf(seed);
    const clients = ['ann', 'bob'].map((member) => new OfferingClient(member));
    let failed = 0;
    for (let step = 0; step < 60; step++) {
      const client = clients[pick(random, 2)];
      if (client === undefined) continue;
      if (random() < 0.15) {
        disk.failures.push(sqliteError('SQLITE_FULL'));
        failed++;
      }
      if (!client.isConnected) client.connect(bench.hub);
      client.edit();
      if (random() < 0.6) await turns(2);
      for (const one of clients) one.note();
      if (random() < 0.1) client.hangUp();
    }
    disk.failures.length = 0;
    for (const client of clients) {
      if (!client.isConnected) client.connect(bench.hub);
      await turns(3);
      client.edit();
    }
    await turns(4);
    for (const client of clients) {
      client.note();
      client.hangUp();
    }
    while (bench.hub.stats().documents > 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const there = await names();
    for (const client of clients) {
      expect(client.saved.size, `${String(failed)} failures`).toBeGreaterThan(0);
      expect(missing(client.saved, there)).toEqual([]);
      expect(missing(client.doc.getMap('cells').keys(), there), 'offered again, nothing is missing').toEqual([]);
    }
  });

  test('[S42] fault 3: edits during a slow commit and a slow snapshot, then shutdown', async () => {
    await open();
    const random = randomOf(seed);
    const [ann, bob] = [new OfferingClient('ann'), new OfferingClient('bob')];
    ann.connect(bench.hub);
    bob.connect(bench.hub);
    await turns();
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    disk.wait = () => gate;
    const taken: string[] = [];
    for (let i = 0; i < 5 + pick(random, 30); i++) {
      taken.push((random() < 0.5 ? ann : bob).edit());
      if (random() < 0.3) await turns(1);
    }
    const snapshot = disk.saveSnapshot(docName, 0, await bench.store.load(docName).then(() => provenState()));
    const transacted = bench.hub.transact(docName, byServer, (doc) => doc.getMap('cells').set('rest', 1));
    await turns(pick(random, 3));
    const closing = bench.hub.close();
    // After the last frame that is taken: it is not acknowledged, and so offered again.
    const late = ann.edit();
    await turns(2);
    ann.note();
    bob.note();
    expect([...ann.saved, ...bob.saved].filter((id) => taken.includes(id))).toEqual([]);
    release();
    await Promise.all([closing, snapshot, transacted]);
    ann.note();
    bob.note();
    expect(ann.peer?.closedWith?.code).toBe(1012);
    await bench.store.close();
    await bench.up();
    const there = await names();
    expect(missing([...taken, 'rest', ...ann.saved, ...bob.saved], there)).toEqual([]);
    expect(there.includes(late)).toBe(ann.saved.has(late));
    ann.connect(bench.hub);
    await turns(4);
    expect(await names()).toContain(late);
  });

  test('[S40] fault 4: leaving and coming back around the moment of unloading', async () => {
    await open({ limits: { idleUnloadMs: 2 } });
    const random = randomOf(seed);
    const clients = ['ann', 'bob', 'cid'].map((member) => new OfferingClient(member));
    for (let round = 0; round < 25; round++) {
      for (const client of clients) {
        if (!client.isConnected) client.connect(bench.hub);
        if (random() < 0.7) client.edit();
        if (random() < 0.5) await turns(pick(random, 3));
        client.note();
        if (random() < 0.8) client.hangUp();
      }
      const reading = random() < 0.3 ? names() : null;
      // Around the 2 ms after which the document unloads.
      await new Promise((resolve) => setTimeout(resolve, pick(random, 4)));
      await reading;
    }
    for (const client of clients) {
      if (!client.isConnected) client.connect(bench.hub);
      await turns(4);
      client.note();
    }
    await turns(4);
    const there = await names();
    for (const client of clients) {
      expect(missing(client.saved, there)).toEqual([]);
      expect(client.peer?.doc.getMap('cells').toJSON(), 'no second copy in memory').toEqual(await cellsOf(bench.hub));
    }
    expect(bench.hub.stats().documents).toBe(1);
  });
});

/** A state that may be kept for seq 0: that of the empty document. */
async function provenState(): Promise<Uint8Array> {
  const { Doc } = await import('yjs');
  return provenSnapshot(new Doc());
}
