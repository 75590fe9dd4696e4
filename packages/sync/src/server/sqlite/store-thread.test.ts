import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { cellsKind, cellsSchema } from '../cells-kind.ts';
import { makeHub } from '../hub.ts';
import { defaultLimits } from '../limits.ts';
import type { Author, Hub } from '../ports.ts';
import { openSqliteStore, type SqliteStore } from './sqlite-store.ts';
import { makeStoreThread, type StoreThread } from './store-thread.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-thread-'));
afterAll(() => rmSync(folder, { recursive: true }));
const ann: Author = { actor: 'ann', via: 'rest' };
const doc = 'cells/a';

let files = 0;
let path: string;
let thread: StoreThread;
let store: SqliteStore;
let hub: Hub;
const logged: string[] = [];

beforeEach(async () => {
  files += 1;
  path = join(folder, `${String(files)}.sqlite`);
  thread = makeStoreThread(new URL('store-worker.ts', import.meta.url));
  store = openSqliteStore({ path, schema: cellsSchema, thread });
  logged.length = 0;
  const log = (level: string, message: string): void => void logged.push(`${level} ${message}`);
  hub = makeHub({ store, kinds: [cellsKind], limits: defaultLimits, now: Date.now, log });
  await hub.create(doc, ann, (made) => void made.getMap('meta').set('schema', 1));
});
afterEach(async () => {
  await hub.close();
  await store.close();
  await thread.close();
});

const type = (count: number, from = 0): Promise<unknown> =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      hub.transact(doc, ann, (made) => void made.getMap('cells').set(`k${String(n % 7)}`, from + n)),
    ),
  );
const cellsOf = (state: Uint8Array): unknown => {
  const read = new Y.Doc();
  Y.applyUpdateV2(read, state);
  return read.getMap('cells').toJSON();
};
const seqNow = (): Promise<number> => store.lastSeq();

test('the state after an entry is that of the document then, and not of what came later', async () => {
  await type(30);
  const then = await seqNow();
  const before = await hub.read(doc, (made) => made.getMap('cells').toJSON());
  await type(10, 100);
  expect(cellsOf(await thread.provenState(path, doc, then))).toEqual(before);
  await store.saveSnapshot(doc, then, await thread.provenState(path, doc, then));
  // On top of a snapshot.
  const whole = await hub.read(doc, (made) => made.getMap('cells').toJSON());
  expect(cellsOf(await thread.provenState(path, doc, await seqNow()))).toEqual(whole);
});

test('what is not stored, or not as it was written, is no state', async () => {
  await type(3);
  const seq = await seqNow();
  await expect(thread.provenState(path, 'cells/none', seq)).rejects.toThrow('no such document');
  await expect(thread.provenState(path, doc, seq + 1)).rejects.toThrow(`the log has ${String(seq)}`);
  await expect(thread.provenState(join(folder, 'none.sqlite'), doc, seq)).rejects.toThrow('unable to open');
  store.database.prepare('UPDATE sync_log SET bytes = zeroblob(9) WHERE seq = ?').run(seq - 1);
  await expect(thread.provenState(path, doc, seq)).rejects.toThrow('damaged');
});

test('a document that was edited much gets its snapshot from the thread, with what came meanwhile after it', async () => {
  await type(2001);
  const proven = await seqNow();
  await expect.poll(async () => (await store.load(doc))?.snapshotSeq, { timeout: 20_000 }).toBe(proven);
  await type(5, 9000);
  const whole = await hub.read(doc, (made) => made.getMap('cells').toJSON());
  const stored = await store.load(doc);
  expect(stored?.tail).toHaveLength(5);
  const read = new Y.Doc();
  if (stored?.snapshot != null) Y.applyUpdateV2(read, stored.snapshot);
  for (const { update } of stored?.tail ?? []) Y.applyUpdate(read, update);
  expect(read.getMap('cells').toJSON()).toEqual(whole);
  expect(logged).toEqual([]);
});

test('a checkpoint brings everything into the file while it is written to', async () => {
  await type(50);
  await thread.checkpoint(path);
  copyFileSync(path, `${path}.copy`);
  const copy = new SqliteDatabase(`${path}.copy`, { readonly: true });
  expect(copy.prepare('SELECT count(*) FROM sync_log').pluck().get()).toBe(51);
  copy.close();
});

test('while much is written without a pause the write-ahead log begins anew again and again', async () => {
  const entry = (seq: number) =>
    ({ seq, doc, at: 1, actor: 'ann', via: 'import', update: new Uint8Array(2000) }) as const;
  let seq = await seqNow();
  // 60 MB, of which a log that never begins anew would keep all.
  for (let round = 0; round < 60; round++) {
    const entries = Array.from({ length: 500 }, () => entry(++seq));
    await store.commit({ entries, writes: [] });
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(statSync(`${path}-wal`).size).toBeLessThan(50_000_000);
});

test('closing waits for the thread, and leaves one whole file', async () => {
  await type(20);
  const state = store.provenState?.(doc, await seqNow());
  await hub.close();
  await Promise.all([store.close(), expect(state).resolves.toBeInstanceOf(Uint8Array)]);
  expect(existsSync(`${path}-wal`)).toBe(false);
  store = openSqliteStore({ path, schema: cellsSchema });
});

test('a thread that is lost fails what it was asked, and the next order starts another', async () => {
  const dead = makeStoreThread(new URL('data:text/javascript,process.exit(3)'));
  await expect(dead.checkpoint(path)).rejects.toThrow('the store thread ended with 3');
  await expect(dead.checkpoint(path)).rejects.toThrow('the store thread ended with 3');
  await dead.close();
  await expect(dead.checkpoint(path)).rejects.toThrow('closed');
});

test('what is being done is waited for, also by a process that has nothing else to do; afterwards it may end', async () => {
  await type(5);
  const at = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    import { makeStoreThread } from ${at('store-thread.ts')};
    await makeStoreThread(new URL(${at('store-worker.ts')})).checkpoint(${JSON.stringify(path)});
    console.log('copied');`;
  const file = join(folder, 'waits.mjs');
  writeFileSync(file, program);
  const ran = await promisify(execFile)(process.execPath, [file]);
  expect(ran.stdout).toBe('copied\n');
});

test('closing fails what is still asked, instead of leaving it open for ever', async () => {
  const other = makeStoreThread(new URL('store-worker.ts', import.meta.url));
  const asked = expect(other.checkpoint(path)).rejects.toThrow('closed');
  await other.close();
  await asked;
});
