import { afterEach, describe, expect, test } from 'vitest';
import { makeIds } from '@rapport/doc/ids';
import { openDocument } from '@rapport/sync/client/shared-document';
import { saveWord } from '@rapport/sync/client/status';
import { makeTestClock } from '@rapport/sync/client/test-clock';
import { makeTestServer } from '@rapport/sync/client/test-server';
import { FakePeer, turns } from '@rapport/sync/server/fake-peer';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { applyWrites, type MemoryStore } from '@rapport/sync/server/memory-store';
import { cellsKind } from '@rapport/sync/server/cells-kind';
import { cellsOf, docName, openBench, type HubBench } from './hub-bench.ts';
import { OfferingClient } from './offering-client.ts';
import { randomOf, seedsFor } from './seeds.ts';

const dayMs = 86_400_000;
let bench: HubBench | null = null;
afterEach(async () => {
  await bench?.end();
  bench = null;
});

describe.each(seedsFor(3))('fault 17: the server’s clock jumps (FAULT_SEED=%i)', (seed) => {
  test('[S45] edits, order, rows and presence go on as if it had not', async () => {
    const random = randomOf(seed);
    let nowMs = 1_800_000_000_000;
    bench = await openBench({ now: () => nowMs });
    const [ann, bob] = [new OfferingClient('ann'), new OfferingClient('bob')];
    ann.connect(bench.hub);
    bob.connect(bench.hub);
    await turns();
    for (let i = 0; i < 40; i++) {
      // Back and forth by up to a year; sometimes an hour, as a wrong time zone would do.
      if (random() < 0.3) nowMs += Math.round((random() - 0.5) * (random() < 0.5 ? 730 * dayMs : dayMs / 12));
      const id = ann.edit();
      await turns(2);
      ann.note();
      expect(ann.saved.has(id), `at ${String(nowMs)}`).toBe(true);
      expect(bob.doc.getMap('cells').has(id)).toBe(true);
    }
    expect([ann.peer?.closedWith, bob.peer?.closedWith]).toEqual([null, null]);
    const seqs = bench.store.database.prepare('SELECT seq FROM sync_log ORDER BY rowid').pluck().all();
    expect(seqs).toEqual([...seqs].sort((a, b) => Number(a) - Number(b)));
    const rebuilt: MemoryStore['tables'] = new Map();
    await rebuildRows(bench.store, [cellsKind], (writes) => applyWrites(rebuilt, writes));
    await bench.down();
    await bench.up();
    expect(await cellsOf(bench.hub)).toEqual(bob.doc.getMap('cells').toJSON());
  });
});

test('[S22] fault 17: after a jump back, presence is heard within a tenth of a second', async () => {
  let nowMs = 1_800_000_000_000;
  bench = await openBench({ now: () => nowMs });
  const [ann, bob] = [new FakePeer(bench.hub, docName), new FakePeer(bench.hub, docName, { member: 'bob' })];
  await turns();
  const announce = (clock: number): void => {
    const state = new TextEncoder().encode(`{"n":${String(clock)}}`);
    ann.receive(Uint8Array.of(1, state.length + 4, 1, 9, clock, state.length, ...state));
  };
  announce(1);
  await turns();
  nowMs -= dayMs;
  announce(2);
  await turns();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(bob.awareness.map((bytes) => new TextDecoder().decode(bytes)).join()).toContain('"n":2');
});

test('[S11] fault 17: after a jump back, nobody is refused for the rate of edits that were not made', async () => {
  let nowMs = 1_800_000_000_000;
  bench = await openBench({ now: () => nowMs, limits: { updatesPerSecond: 60, updateBurst: 20 } });
  const ann = new OfferingClient('ann');
  ann.connect(bench.hub);
  await turns();
  nowMs -= dayMs;
  for (let i = 0; i < 60; i++) {
    nowMs += 100;
    ann.edit();
    await turns(1);
  }
  expect(ann.peer?.closedWith).toBeNull();
});

test('fault 17: ids made while the clock goes back are new, and sort after the earlier ones', () => {
  let nowMs = 1_800_000_000_000;
  const newId = makeIds({ now: () => nowMs, random: () => 0.5 });
  const made: string[] = [];
  for (let i = 0; i < 100; i++) {
    nowMs += i % 3 === 0 ? -dayMs : 1;
    made.push(newId());
  }
  expect(new Set(made).size).toBe(100);
  expect(made).toEqual([...made].sort());
});

describe('fault 17: the laptop', () => {
  test('asleep for a day: edits of before and after are saved, and the word is right', async () => {
    const clock = makeTestClock();
    const server = makeTestServer(clock);
    const document = openDocument({
      url: 'ws://test/sync/w/board/1',
      workspaceId: 'w',
      name: 'board/1',
      environment: { ...clock, WebSocket: server.WebSocket },
    });
    await clock.advance(100);
    const word = () => saveWord(document.status.get()).word;
    expect(word()).toBe('saved');
    // The lid closes right after an edit: no frame leaves or arrives, nobody is told.
    server.latest().cut();
    document.doc().getMap('root').set('before', 1);
    clock.sleep(dayMs);
    clock.network.wake();
    document.doc().getMap('root').set('after', 2);
    await clock.advance(0);
    expect(word()).not.toBe('saved');
    await clock.advance(60_000);
    expect(word()).toBe('saved');
    expect(server.doc.getMap('root').toJSON()).toEqual({ before: 1, after: 2 });
    await document.close();
  });

  test('its clock set back by a day while offline: it still comes back within the back-off', async () => {
    const clock = makeTestClock(1_800_000_000_000);
    const server = makeTestServer(clock);
    const document = openDocument({
      url: 'ws://test/sync/w/board/1',
      workspaceId: 'w',
      name: 'board/1',
      environment: { ...clock, now: () => clock.now() - (isBack ? dayMs : 0), WebSocket: server.WebSocket },
    });
    await clock.advance(100);
    server.latest().cut();
    document.doc().getMap('root').set('a', 1);
    await clock.advance(1_000);
    // While the answer is awaited that never comes.
    isBack = true;
    await clock.advance(90_000);
    expect(saveWord(document.status.get()).word).toBe('saved');
    isBack = false;
    await document.close();
  });
});
let isBack = false;
