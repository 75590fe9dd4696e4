import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import SqliteDatabase from 'better-sqlite3';
import { cellsSchema } from '../cells-kind.ts';
import type { RowWrite, SqlValue, Store } from '../ports.ts';
import { describeStore } from '../store-contract.ts';
import { openSqliteStore, type SqliteStore } from './sqlite-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'sync-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const stores = new WeakMap<Store, SqliteStore>();

function open(path: string): SqliteStore {
  const store = openSqliteStore({ path, schema: cellsSchema, busyTimeoutMs: 10 });
  stores.set(store, store);
  return store;
}

function sqlite(store: Store): SqliteStore {
  const found = stores.get(store);
  if (found === undefined) throw new Error('not a SQLite store');
  return found;
}

function fresh(): SqliteStore {
  files += 1;
  return open(join(folder, `${String(files)}.sqlite`));
}

describeStore('sqlite', {
  open: async () => fresh(),
  reopen: async (store) => {
    const path = sqlite(store).database.name;
    await store.close();
    return open(path);
  },
  rows: (store, table) => sqlite(store).database.prepare<[], Record<string, SqlValue>>(`SELECT * FROM ${table}`).all(),
  // Another process that holds the write lock: SQLITE_BUSY.
  breakWrites: (store) => {
    const other = new SqliteDatabase(sqlite(store).database.name);
    other.exec('BEGIN IMMEDIATE');
    return () => {
      other.exec('ROLLBACK');
      other.close();
    };
  },
});

test('a full disk fails the commit and nothing else', async () => {
  const store = fresh();
  await store.commit({ entries: [], writes: [], creates: ['cells/a'] });
  const pages = Number(store.database.pragma('page_count', { simple: true }));
  store.database.pragma(`max_page_count = ${String(pages)}`);
  const big = { seq: 1, doc: 'cells/a', at: 1, actor: 'ann', via: 'live', update: new Uint8Array(100_000) } as const;
  await expect(store.commit({ entries: [big], writes: [] })).rejects.toThrow('full');
  expect(await store.lastSeq()).toBe(0);
  store.database.pragma('max_page_count = 100000');
  await store.commit({ entries: [big], writes: [] });
  expect(await store.lastSeq()).toBe(1);
  await store.close();
});

test('a write cannot name what the schema does not have, and a row is replaced, not patched', async () => {
  const store = fresh();
  store.database.exec(`CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT DEFAULT 'none', b INTEGER)`);
  const write = (table: string, key: Record<string, SqlValue>, row: Record<string, SqlValue> | null): Promise<void> =>
    store.commit({ entries: [], writes: [{ table, key, row }] });
  await write('t', { id: '1' }, { a: 'x', b: 2 });
  await write('t', { id: '1' }, { b: 3 });
  await write('t', { id: '1' }, { b: 3, id: '1' });
  expect(store.database.prepare('SELECT * FROM t').all()).toEqual([{ id: '1', a: 'none', b: 3 }]);
  await expect(write('t"; DROP TABLE t; --', { id: '1' }, null)).rejects.toThrow('no such table');
  await expect(write('t', { 'id" = 1; --': '1' }, null)).rejects.toThrow('no such column');
  await expect(write('t', {}, null)).rejects.toThrow('without a key');
  await store.close();
});

test('a row that stands as believed is written in part, any other whole', async () => {
  const store = fresh();
  store.database.exec(`CREATE TABLE t (id TEXT PRIMARY KEY, a TEXT, b INTEGER); CREATE INDEX t_by_b ON t (b)`);
  const write = (row: Record<string, SqlValue>, was?: Record<string, SqlValue>): Promise<void> =>
    store.commit({
      entries: [],
      writes: [{ table: 't', key: { id: '1' }, row, ...(was === undefined ? {} : { was }) }],
    });
  const rows = (): unknown[] => store.database.prepare('SELECT * FROM t').all();
  await write({ a: 'x', b: 1 }, { a: 'w', b: 1 });
  expect(rows(), 'no row yet').toEqual([{ id: '1', a: 'x', b: 1 }]);
  await write({ a: 'y', b: 1 }, { a: 'x', b: 1 });
  expect(rows(), 'as believed').toEqual([{ id: '1', a: 'y', b: 1 }]);
  await write({ a: 'z', b: null }, { a: 'other', b: null });
  expect(rows(), 'another value stood there').toEqual([{ id: '1', a: 'z', b: null }]);
  await write({ a: null, b: null }, { a: 'z', b: null });
  expect(rows(), 'emptied').toEqual([{ id: '1', a: null, b: null }]);
  await write({ a: 'q', b: 3 }, { a: 'q', b: 3 });
  expect(rows(), 'believed to be there already').toEqual([{ id: '1', a: 'q', b: 3 }]);
  await store.close();
});

test('a step is written where row and owner are as believed, else the whole row is', async () => {
  const store = fresh();
  store.database.exec('CREATE TABLE t (id TEXT PRIMARY KEY, doc TEXT, a TEXT, b INTEGER)');
  const step = { columns: ['a'], owner: 'doc' };
  const write = (row: Record<string, SqlValue>, was: Record<string, SqlValue>): Promise<void> =>
    store.commit({ entries: [], writes: [{ table: 't', key: { id: '1' }, row, was, step }] });
  const rows = (): unknown[] => store.database.prepare('SELECT * FROM t').all();
  await write({ doc: 'one', a: 'y', b: 1 }, { doc: 'one', a: 'x', b: 1 });
  expect(rows(), 'no row yet').toEqual([{ id: '1', doc: 'one', a: 'y', b: 1 }]);
  store.database.exec('UPDATE t SET b = 7');
  await write({ doc: 'one', a: 'z', b: 1 }, { doc: 'one', a: 'y', b: 1 });
  expect(rows(), 'nothing else is looked at').toEqual([{ id: '1', doc: 'one', a: 'z', b: 7 }]);
  await write({ doc: 'one', a: 'q', b: 1 }, { doc: 'one', a: 'other', b: 1 });
  expect(rows(), 'another value stood there').toEqual([{ id: '1', doc: 'one', a: 'q', b: 1 }]);
  await write({ doc: 'two', a: 'r', b: 2 }, { doc: 'two', a: 'q', b: 2 });
  expect(rows(), 'another document had written it').toEqual([{ id: '1', doc: 'two', a: 'r', b: 2 }]);
  await store.close();
});

test('a claim is refused where a table of other records has the id, and a step or a belief changes nothing of that', async () => {
  const store = fresh();
  store.database.exec(`CREATE TABLE t (id TEXT PRIMARY KEY, doc TEXT, a TEXT); CREATE TABLE other (id TEXT PRIMARY KEY);
    CREATE TABLE odd (doc TEXT, id TEXT, PRIMARY KEY (doc, id))`);
  const write = (id: string, doc: string, a: string, more: Partial<RowWrite> = {}): Promise<void> => {
    const refusal = { table: 'odd', key: { doc, id }, row: {} };
    const claim = { owner: 'doc', unless: ['other'], refusal };
    return store.commit({ entries: [], writes: [{ table: 't', key: { id }, row: { doc, a }, claim, ...more }] });
  };
  const rows = (table = 't'): unknown[] => store.database.prepare(`SELECT * FROM ${table}`).raw().all();
  store.database.exec(`INSERT INTO other VALUES ('2')`);
  await write('1', 'one', 'x');
  await write('2', 'one', 'x');
  expect([rows(), rows('odd')]).toEqual([[['1', 'one', 'x']], [['one', '2']]]);
  await write('1', 'two', 'y', { was: { doc: 'two', a: 'x' } });
  await write('1', 'two', 'y', { was: { doc: 'two', a: 'x' }, step: { columns: ['a'], owner: 'doc' } });
  expect(rows()).toEqual([['1', 'one', 'x']]);
  await write('1', 'one', 'z', { was: { doc: 'one', a: 'x' }, step: { columns: ['a'], owner: 'doc' } });
  expect(rows()).toEqual([['1', 'one', 'z']]);
  store.database.exec(`DELETE FROM t; DELETE FROM other`);
  await write('1', 'two', 'y', { was: { doc: 'two', a: 'x' } });
  await write('2', 'one', 'y');
  expect(rows()).toEqual([
    ['1', 'two', 'y'],
    ['2', 'one', 'y'],
  ]);
  expect(rows('odd')).toEqual([]);
  const nobodys = { owner: 'a' };
  await expect(
    store.commit({ entries: [], writes: [{ table: 't', key: { id: '1' }, row: null, claim: nobodys }] }),
  ).rejects.toThrow('does not say whose');
  await store.close();
});
