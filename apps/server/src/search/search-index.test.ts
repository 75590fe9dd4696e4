import { makeRowWriter } from '@rapport/sync/server/sqlite/row-writer';
import type { Searchable } from '@rapport/domain/search/searchable';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { dropSearchIndex, openSearchIndex } from './search-index.ts';

const things: Searchable = {
  noun: 'thing',
  table: 'things',
  id: 'id',
  title: 'name',
  columns: [{ field: 'note', column: 'note' }],
  links: [{ field: 'company', table: 'companies', id: 'id', name: 'name' }],
  isFound: 'deleted_at IS NULL',
};

function openFile() {
  const database = new Sqlite(':memory:');
  database.exec(`
    CREATE TABLE things (id TEXT PRIMARY KEY, name TEXT, note TEXT, other TEXT, deleted_at INTEGER) WITHOUT ROWID;
    CREATE TABLE companies (id TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
    CREATE TABLE record_links (from_id TEXT, to_id TEXT, from_noun TEXT, PRIMARY KEY (from_id, to_id)) WITHOUT ROWID`);
  const index = openSearchIndex(database, [things], { anew: false });
  const write = makeRowWriter(database);
  const put = (row: Record<string, string | number | null>, id = 'a') => write({ table: 'things', key: { id }, row });
  const waiting = () => database.prepare('SELECT id FROM search_waiting ORDER BY id').pluck().all();
  const found = (q: string) =>
    database
      .prepare('SELECT r.id FROM search_text t JOIN search_records r ON r.number = t.rowid WHERE search_text MATCH ?')
      .pluck()
      .all(q);
  const settle = () => {
    while (index.work(50));
  };
  return { database, write, put, waiting, found, settle };
}

test('a second edit before the index is up to date is written like the first', () => {
  const { put, write, waiting, found, settle } = openFile();
  put({ name: 'one' });
  put({ name: 'two' });
  write({ table: 'companies', key: { id: 'c' }, row: { name: 'Acme' } });
  write({ table: 'record_links', key: { from_id: 'a', to_id: 'c' }, row: { from_noun: 'thing' } });
  for (const name of ['Acme Ltd', 'Hollin']) write({ table: 'companies', key: { id: 'c' }, row: { name } });
  expect(waiting()).toEqual(['a']);
  settle();
  expect([found('one'), found('two'), found('acme'), found('hollin')]).toEqual([[], ['a'], [], ['a']]);
});

test('only what the index has to know makes a record wait', () => {
  const { database, put, write, waiting, settle } = openFile();
  put({ name: 'one', note: 'n', other: 'x', deleted_at: null });
  settle();
  put({ name: 'one', note: 'n', other: 'y', deleted_at: null });
  write({ table: 'companies', key: { id: 'c' }, row: { name: 'nobody is linked to it' } });
  expect(waiting()).toEqual([]);
  for (const change of [`name = 'two'`, `note = NULL`, 'deleted_at = 1']) {
    database.exec(`UPDATE things SET ${change}`);
    expect([change, waiting()]).toEqual([change, ['a']]);
    settle();
  }
});

test('an edit makes no table in memory to note that a record waits', () => {
  const { database } = openFile();
  const steps = (sql: string) =>
    (database.prepare(`EXPLAIN ${sql}`).all() as { opcode: string }[]).map((s) => s.opcode);
  for (const sql of [
    `INSERT INTO things (id, name) VALUES ('a', 'one') ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
    `UPDATE things SET name = 'two' WHERE id = 'a'`,
    `INSERT INTO record_links (from_id, to_id, from_noun) VALUES ('a', 'c', 'thing')`,
  ]) {
    expect(steps(sql)).toContain('Program');
    expect(steps(sql)).not.toContain('OpenEphemeral');
  }
});

test('what is deleted or can no longer be found leaves the index, and nothing of a dropped index stays', () => {
  const { database, put, found, settle } = openFile();
  put({ name: 'one' });
  put({ name: 'two' }, 'b');
  settle();
  put({ name: 'one', deleted_at: 1 });
  database.exec(`DELETE FROM things WHERE id = 'b'`);
  settle();
  expect([found('one'), found('two')]).toEqual([[], []]);
  dropSearchIndex(database);
  expect(database.prepare(`SELECT count(*) FROM sqlite_schema WHERE name LIKE 'search%'`).pluck().get()).toBe(0);
  openSearchIndex(database, [things], { anew: false });
});
