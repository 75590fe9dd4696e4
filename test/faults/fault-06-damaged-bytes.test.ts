import { closeSync, copyFileSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import SqliteDatabase from 'better-sqlite3';
import { FakePeer, turns } from '@rapport/sync/server/fake-peer';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { provenSnapshot } from '@rapport/sync/server/snapshot';
import { byServer, cellsOf, docName, openBench, type HubBench } from './hub-bench.ts';
import { pick, randomOf, seedsFor } from './seeds.ts';

/** How many bits are flipped at random places of a file; FAULT_ROUNDS takes more. */
const rounds = Number(process.env['FAULT_ROUNDS'] ?? 25);
let bench: HubBench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.end());

/** Writes `count` cells, one log entry each. */
async function write(from: number, count: number): Promise<void> {
  for (let i = from; i < from + count; i++)
    await bench.hub.transact(docName, byServer, (doc) => doc.getMap('cells').set(`c${String(i)}`, i));
}

async function snapshot(): Promise<void> {
  const state = await bench.hub.read(docName, provenSnapshot);
  await bench.store.saveSnapshot(docName, await bench.store.lastSeq(), state);
}

/** Flips one bit of a blob or number behind the server's back. */
function damage(sql: string, random: () => number): void {
  const other = new SqliteDatabase(bench.path);
  const flip = (bytes: Uint8Array): Uint8Array => {
    const copy = new Uint8Array(bytes);
    const at = pick(random, copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << pick(random, 8));
    return copy;
  };
  other.function('flip', { deterministic: false }, (value: unknown) =>
    value instanceof Uint8Array ? flip(value) : typeof value === 'number' ? value ^ 1 : value,
  );
  expect(other.exec(sql)).toBeDefined();
  other.close();
}

const numbers = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${String(i)}`, i]));

describe.each(seedsFor(4))('[S46] a flipped bit (FAULT_SEED=%i)', (seed) => {
  test('in the newest snapshot: the one before it and the log give the same document', async () => {
    await write(0, 5);
    await snapshot();
    await write(5, 5);
    await snapshot();
    await write(10, 5);
    await bench.down();
    damage('UPDATE sync_states SET state = flip(state) WHERE seq = (SELECT max(seq) FROM sync_states)', randomOf(seed));
    await bench.up();
    expect(await cellsOf(bench.hub)).toEqual(numbers(15));
    expect(bench.logged.join()).toContain('read from older parts');
    expect(bench.hub.stats().damaged).toEqual([]);
    await write(15, 1);
    expect(await cellsOf(bench.hub)).toEqual(numbers(16));
  });

  test('in all snapshots: the log alone gives the same document', async () => {
    await write(0, 5);
    await snapshot();
    await write(5, 5);
    await snapshot();
    await bench.down();
    damage('UPDATE sync_states SET state = flip(state)', randomOf(seed));
    await bench.up();
    expect(await cellsOf(bench.hub)).toEqual(numbers(10));
  });

  test.each(['bytes', 'at', 'sum', 'seq'])('in `%s` of a log row: reading only, with an alarm', async (column) => {
    const random = randomOf(seed);
    await write(0, 12);
    await bench.down();
    const at = 3 + pick(random, 8);
    // A seq ^ 1 that is free: an odd last one.
    const where = column === 'seq' ? '(SELECT max(seq) FROM sync_log WHERE seq & 1 = 0)' : String(at);
    damage(`UPDATE sync_log SET ${column} = flip(${column}) WHERE seq = ${where}`, random);
    await bench.up();
    const peer = new FakePeer(bench.hub, docName, { member: 'ann' });
    await turns();
    const shown = peer.doc.getMap('cells').toJSON();
    expect(Object.keys(shown).length, 'a true earlier state').toBeLessThan(12);
    expect(numbers(12)).toMatchObject(shown);
    expect(peer.notices).toMatchObject([{ type: 'access', access: 'read', reason: expect.stringContaining('disk') }]);
    expect([bench.hub.stats().damaged, bench.logged.join()]).toEqual([
      [docName],
      expect.stringContaining('is damaged'),
    ]);
    const rows = bench.store.database.prepare('SELECT count(*) FROM sync_log').pluck();
    const before = rows.get();
    peer.doc.getMap('cells').set('mine', 1);
    peer.barrier(1);
    bench.hub.setAccess('ann', 'write');
    peer.doc.getMap('cells').set('mine', 2);
    await turns();
    expect(peer.notices.at(-1)).toMatchObject({ type: 'rejected', code: 'read-only' });
    await expect(bench.hub.transact(docName, byServer, () => {})).rejects.toThrow('damaged');
    expect(rows.get(), 'nothing builds on a part').toBe(before);
    // Other documents go on.
    await bench.hub.create('cells/b', byServer, (doc) => doc.getMap('cells').set('x', 1));
    expect(await cellsOf(bench.hub, 'cells/b')).toEqual({ x: 1 });
    const stopped: string[] = [];
    await rebuildRows(
      bench.store,
      [],
      () => {},
      (doc) => stopped.push(doc),
    );
    expect(stopped).toEqual([docName]);
    await expect(rebuildRows(bench.store, [], () => {})).rejects.toThrow('damaged');
  });

  test('in a log row that a good snapshot covers: nothing is lost', async () => {
    await write(0, 5);
    await snapshot();
    await write(5, 2);
    await bench.down();
    damage('UPDATE sync_log SET bytes = flip(bytes) WHERE seq = 3', randomOf(seed));
    await bench.up();
    expect(await cellsOf(bench.hub)).toEqual(numbers(7));
    expect(bench.hub.stats().damaged).toEqual([]);
  });

  test('anywhere in the file: found, or of no effect on what is served', async () => {
    const random = randomOf(seed);
    await write(0, 60);
    await snapshot();
    await write(60, 20);
    await bench.down();
    copyFileSync(bench.path, `${bench.path}.good`);
    const verdicts = { refused: 0, readOnly: 0, whole: 0 };
    for (let round = 0; round < rounds; round++) {
      copyFileSync(`${bench.path}.good`, bench.path);
      const file = openSync(bench.path, 'r+');
      const at = pick(random, statSync(bench.path).size);
      const byte = new Uint8Array(1);
      readSync(file, byte, 0, 1, at);
      writeSync(file, Uint8Array.of((byte[0] ?? 0) ^ (1 << pick(random, 8))), 0, 1, at);
      closeSync(file);
      try {
        await bench.up();
      } catch {
        verdicts.refused++;
        continue;
      }
      try {
        const served = await cellsOf(bench.hub);
        if (bench.hub.stats().damaged.length > 0) verdicts.readOnly++;
        else {
          verdicts.whole++;
          expect(served, `byte ${String(at)}`).toEqual(numbers(80));
        }
      } catch (error) {
        if (error instanceof Error && error.name === 'AssertionError') throw error;
        verdicts.refused++;
      }
      await bench.down();
    }
    copyFileSync(`${bench.path}.good`, bench.path);
    await bench.up();
    expect(verdicts.refused + verdicts.readOnly + verdicts.whole).toBe(rounds);
  });
});

test('[S46] a file whose pages are broken is not opened and not touched', async () => {
  await write(0, 50);
  await bench.down();
  copyFileSync(bench.path, `${bench.path}.good`);
  const file = openSync(bench.path, 'r+');
  writeSync(file, new Uint8Array(4096).fill(0xa5), 0, 4096, 4096 * 2);
  closeSync(file);
  const size = statSync(bench.path);
  await expect(bench.up()).rejects.toThrow(/damaged/);
  expect(statSync(bench.path)).toMatchObject({ size: size.size, mtimeMs: size.mtimeMs });
  copyFileSync(`${bench.path}.good`, bench.path);
  await bench.up();
  expect(await cellsOf(bench.hub)).toEqual(numbers(50));
});

test('[S41] a crash after a snapshot and before older ones are removed leaves both, and either is right', async () => {
  await write(0, 5);
  await snapshot();
  await write(5, 5);
  await bench.down();
  // The removal is in the snapshot's own transaction, so the worst that can be found is one too many.
  const other = new SqliteDatabase(bench.path);
  other.exec('INSERT INTO sync_states (doc, seq, sum, state) SELECT doc, seq - 1, NULL, state FROM sync_states');
  other.close();
  await bench.up();
  expect(await cellsOf(bench.hub)).toEqual(numbers(10));
  await snapshot();
  expect(bench.store.database.prepare('SELECT count(*) FROM sync_states').pluck().get()).toBe(2);
  expect(bench.store.database.prepare('SELECT count(*) FROM sync_log').pluck().get(), 'the log is kept').toBe(10);
});
