import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { syncFrame, syncMessage } from '../shared/frames.ts';
import { cellsKind } from './cells-kind.ts';
import { FakePeer, turns } from './fake-peer.ts';
import { makeHub } from './hub.ts';
import { defaultLimits } from './limits.ts';
import { applyWrites, MemoryStore } from './memory-store.ts';
import type { Hub, Limits } from './ports.ts';
import { historyAt, rebuildRows } from './rebuild.ts';

const [doc, other] = ['cells/a', 'cells/b'];
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
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  store = new MemoryStore();
  nowMs = 1_000_000;
  logged.length = 0;
  hub = start();
  for (const name of [doc, other]) await hub.create(name, server, (made) => made.getMap('cells').set('seed', 1));
});

afterEach(async () => {
  await hub.close();
  vi.useRealTimers();
});

function set(made: Y.Doc | undefined, key: string, value: unknown): void {
  made?.getMap('cells').set(key, value);
}

describe('edits of the server', () => {
  test('[S30] transact resolves when durable, with the value, the author in the log and the rows', async () => {
    const author = { actor: 'ann', via: 'rest', agent: 'key' } as const;
    const value = await hub.transact(doc, author, (made) => {
      made.getMap('cells').set('x', new Y.Map([['n', 1]]));
      return 42;
    });
    expect(value).toBe(42);
    expect(store.log.at(-1)).toMatchObject(author);
    expect([...(store.tables.get('cells')?.values() ?? [])]).toContainEqual(
      expect.objectContaining({ id: 'x', by: 'ann' }),
    );
  });

  test('[S30] a read waits for what is not durable yet, and never shows what will not be', async () => {
    const a = new FakePeer(hub, doc);
    await turns();
    let fail = (_error: Error): void => {};
    store.beforeCommit = () => new Promise((_resolve, reject) => (fail = reject));
    set(a.doc, 'lost', 1);
    await turns();
    const reading = hub.read(doc, (made) => made.getMap('cells').toJSON());
    await turns();
    store.beforeCommit = async () => {};
    fail(new Error('disk full'));
    await expect(reading).rejects.toThrow('disk full');
    expect(await hub.read(doc, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1 });
  });

  test('[S31] an edit that throws changes nothing, in memory or in the log, and connections go on', async () => {
    const a = new FakePeer(hub, doc);
    await turns();
    const failing = hub.transactAll([doc, other], server, ([one, two]) => {
      set(one, 'half', 1);
      set(two, 'half', 1);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await hub.read(doc, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1 });
    expect(await hub.read(other, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1 });
    set(a.doc, 'x', 1);
    await turns();
    expect(store.log).toHaveLength(3);
    expect(a.closedWith).toBeNull();
    expect(await hub.read(doc, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1, x: 1 });
  });

  test('[S32] several documents are one commit, in the order of their sequence numbers', async () => {
    const commits: number[][] = [];
    hub.onCommit((commit) => commits.push(commit.entries.map((entry) => entry.seq)));
    await hub.transactAll([doc, other], server, (docs) => docs.forEach((made) => set(made, 'moved', 1)));
    expect(commits).toHaveLength(1);
    expect(commits[0]).toEqual([...(commits[0] ?? [])].sort((a, b) => a - b));
    store.failure = new Error('disk full');
    await expect(
      hub.transactAll([doc, other], server, (docs) => docs.forEach((made) => set(made, 'y', 1))),
    ).rejects.toThrow('disk full');
    store.failure = null;
    expect(await hub.read(other, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1, moved: 1 });
  });

  test('[S32] many documents come into being in one commit with edits of others, all or none, and leave memory', async () => {
    const names = Array.from({ length: 300 }, (_, at) => `cells/many-${at}`);
    const before = hub.stats().documents;
    let commits = 0;
    hub.onCommit(() => (commits += 1));
    await hub.transactAll([...names, doc], server, (docs) => docs.forEach((made) => set(made, 'x', 1)), {
      creates: names,
    });
    expect(commits).toBe(1);
    expect(hub.stats().documents).toBe(before);
    expect(await hub.read('cells/many-7', (made) => made.getMap('cells').toJSON())).toEqual({ x: 1 });
    expect(await hub.read(doc, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1, x: 1 });

    const again = hub.transactAll(['cells/new', 'cells/many-7'], server, () => {}, {
      creates: ['cells/new', 'cells/many-7'],
    });
    await expect(again).rejects.toThrow('exists');
    const thrown = hub.transactAll(
      ['cells/new', doc],
      server,
      (docs) => {
        docs.forEach((made) => set(made, 'half', 1));
        throw new Error('changed my mind');
      },
      { creates: ['cells/new'] },
    );
    await expect(thrown).rejects.toThrow('changed my mind');
    expect(await hub.exists('cells/new')).toBe(false);
    expect(await hub.read(doc, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1, x: 1 });
    store.failure = new Error('disk full');
    await expect(
      hub.transactAll(['cells/new'], server, (docs) => docs.forEach((made) => set(made, 'x', 1)), {
        creates: ['cells/new'],
      }),
    ).rejects.toThrow('disk full');
    store.failure = null;
    expect(await hub.exists('cells/new')).toBe(false);
  });

  test('[S32] who asks for a document that is being created gets it when it is durable, and not before', async () => {
    let finish = (): void => {};
    store.beforeCommit = () => new Promise((resolve) => (finish = resolve));
    const creation = () =>
      hub.transactAll(['cells/new'], server, (docs) => docs.forEach((made) => set(made, 'x', 1)), {
        creates: ['cells/new'],
      });
    const made = creation();
    await turns();
    const early = new FakePeer(hub, 'cells/new');
    const edited = hub.transact('cells/new', server, (found) => set(found, 'y', 2));
    await expect(creation()).rejects.toThrow('exists');
    expect([early.doc.getMap('cells').size, early.closedWith]).toEqual([0, null]);
    store.beforeCommit = async () => {};
    finish();
    await Promise.all([made, edited]);
    await turns();
    expect(early.doc.getMap('cells').toJSON()).toEqual({ x: 1, y: 2 });
  });

  test('what was opened only for a moment leaves memory, unless somebody has it open', async () => {
    const a = new FakePeer(hub, other);
    await turns();
    await hub.transactAll([doc, other], server, (docs) => docs.forEach((made) => set(made, 'x', 1)), {
      brief: [doc, other],
    });
    expect(hub.stats().documents).toBe(1);
    set(a.doc, 'y', 2);
    await turns();
    expect(await hub.read(other, (made) => made.getMap('cells').toJSON())).toEqual({ seed: 1, x: 1, y: 2 });
  });

  test('creating twice fails, also at the same moment; a creation that throws leaves nothing', async () => {
    await expect(hub.create(doc, server, () => {})).rejects.toThrow('exists');
    const both = await Promise.allSettled([
      hub.create('cells/c', server, () => {}),
      hub.create('cells/c', server, () => {}),
    ]);
    expect(both.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
    const throwing = hub.create('cells/d', server, () => {
      throw new Error('no');
    });
    await expect(throwing).rejects.toThrow('no');
    expect(await hub.exists('cells/d')).toBe(false);
    await hub.create('cells/d', server, () => {});
    expect(await hub.exists('cells/d')).toBe(true);
  });
});

describe('lifecycle', () => {
  test('[S40] unloads when idle, and loads again once for all who come', async () => {
    const a = new FakePeer(hub, doc);
    await turns();
    vi.advanceTimersByTime(120_000);
    expect(hub.stats().documents).toBe(1);
    a.hangUp();
    vi.advanceTimersByTime(60_001);
    expect(hub.stats().documents).toBe(0);
    const load = vi.spyOn(store, 'load');
    const peers = [new FakePeer(hub, doc), new FakePeer(hub, doc), new FakePeer(hub, doc, { member: 'bob' })];
    await turns();
    expect(load).toHaveBeenCalledTimes(1);
    for (const peer of peers) expect(peer.doc.getMap('cells').toJSON()).toEqual({ seed: 1 });
  });

  test('[S41] a snapshot is taken in a quiet moment and used; a broken one is left aside', async () => {
    for (let n = 0; n < 2001; n++) void hub.transact(doc, server, (made) => set(made, `k${String(n % 7)}`, n));
    await turns();
    nowMs += 2000;
    await vi.advanceTimersByTimeAsync(2500);
    expect((await store.load(doc))?.snapshot).not.toBeNull();
    expect((await store.load(doc))?.tail).toHaveLength(0);
    await hub.transact(doc, server, (made) => set(made, 'after', 1));
    const whole = await hub.read(doc, (made) => made.getMap('cells').toJSON());
    await hub.close();
    hub = start();
    expect(await hub.read(doc, (made) => made.getMap('cells').toJSON())).toEqual(whole);
    await store.saveSnapshot(doc, await store.lastSeq(), new Uint8Array([1, 2, 3]));
    await hub.close();
    hub = start();
    expect(await hub.read(doc, (made) => made.getMap('cells').toJSON())).toEqual(whole);
    expect(logged.join('\n')).toContain('a snapshot could not be read');
  });

  test('[S42] closing makes what was taken durable, then closes with 1012', async () => {
    const a = new FakePeer(hub, doc);
    await turns();
    set(a.doc, 'last', 1);
    await hub.close();
    expect(store.log).toHaveLength(3);
    expect(a.closedWith?.code).toBe(1012);
    expect(new FakePeer(hub, doc).closedWith?.code).toBe(1012);
  });

  test('[S43] all who join at one version share one buffer', async () => {
    const peers = Array.from({ length: 5 }, () => new FakePeer(hub, doc));
    await turns();
    const states = peers.map((peer) => peer.frames.find((frame) => frame[0] === 0 && frame[1] === syncMessage.step2));
    expect(new Set(states).size).toBe(1);
  });
});

describe('slow readers', () => {
  test('[S50] live frames stop past the bound, and one diff follows when it has drained', async () => {
    const [a, slow] = [new FakePeer(hub, doc), new FakePeer(hub, doc, { member: 'bob' })];
    await turns();
    slow.bufferedAmount = defaultLimits.slowBytes + 1;
    const before = slow.frames.length;
    for (let n = 0; n < 20; n++) {
      set(a.doc, `k${String(n)}`, n);
      await turns(2);
    }
    expect(slow.frames.length).toBe(before);
    slow.bufferedAmount = 0;
    vi.advanceTimersByTime(60);
    expect(slow.frames.length).toBe(before + 1);
    expect(slow.doc.getMap('cells').size).toBe(21);
    set(a.doc, 'live', 1);
    await turns();
    expect(slow.doc.getMap('cells').get('live')).toBe(1);
  });

  test('[S51] one that is stuck or far behind is closed with 1013', async () => {
    const [a, stuck, far] = [
      new FakePeer(hub, doc),
      new FakePeer(hub, doc, { member: 'bob' }),
      new FakePeer(hub, doc, { member: 'cid' }),
    ];
    await turns();
    // The first state may take its time on a slow line.
    nowMs += 60_000;
    stuck.bufferedAmount = defaultLimits.slowBytes + 1;
    set(a.doc, 'x', 1);
    await turns();
    nowMs += 14_000;
    vi.advanceTimersByTime(100);
    expect(stuck.closedWith).toBeNull();
    nowMs += 2000;
    vi.advanceTimersByTime(100);
    expect(stuck.closedWith?.code).toBe(1013);
    far.bufferedAmount = defaultLimits.stalledBytes * 2;
    set(a.doc, 'y', 1);
    await turns();
    expect(far.closedWith?.code).toBe(1013);
    expect(a.closedWith).toBeNull();
  });
});

describe('history', () => {
  test('[S60] rows equal a rebuild from the log, and the past can be read', async () => {
    const a = new FakePeer(hub, doc);
    await turns();
    for (let n = 0; n < 30; n++) {
      nowMs += 1000;
      if (n % 5 === 4) a.doc.getMap('cells').delete(`k${String(n % 7)}`);
      else
        set(
          a.doc,
          `k${String(n % 7)}`,
          new Y.Map([
            ['n', n],
            ['raced', n],
          ]),
        );
      if (n % 3 === 0) await turns();
    }
    await turns();
    const rebuilt: MemoryStore['tables'] = new Map();
    await rebuildRows(store, [cellsKind], (writes) => applyWrites(rebuilt, writes));
    expect(rebuilt).toEqual(store.tables);
    const then = await historyAt(store, doc, 1_000_000);
    expect(then.getMap('cells').toJSON()).toEqual({ seed: 1 });
  });
});

test('a step 2 of a rejoining client that tells nothing new is no edit', async () => {
  const a = new FakePeer(hub, doc);
  await turns();
  set(a.doc, 'x', 1);
  a.doc.getMap('cells').delete('seed');
  await turns();
  const entries = store.log.length;
  a.receive(syncFrame(syncMessage.step2, Y.encodeStateAsUpdate(a.doc)));
  a.receive(syncFrame(syncMessage.update, Y.encodeStateAsUpdate(a.doc)));
  await turns();
  expect(store.log).toHaveLength(entries);
});
