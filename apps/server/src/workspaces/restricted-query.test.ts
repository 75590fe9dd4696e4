import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { thingOfDocument, thingOfDocumentSql } from '@rapport/domain/access/row-owners';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openRestrictedQuery } from './restricted-query.ts';

const folder = mkdtempSync(join(tmpdir(), 'rapport-restricted-'));
afterAll(() => rmSync(folder, { recursive: true }));

function openLinks() {
  const path = join(folder, `${Math.random()}.sqlite`);
  const database = new Sqlite(path);
  database.exec(`
    CREATE TABLE read_model_tables (name TEXT PRIMARY KEY);
    INSERT INTO read_model_tables VALUES ('links'), ('lines'), ('unknown');
    CREATE TABLE links (id TEXT, a TEXT, b TEXT);
    INSERT INTO links VALUES ('1', 'x', 'y'), ('2', 'x', NULL), ('3', 'y', 'z'), ('4', NULL, NULL);
    CREATE TABLE lines (doc TEXT);
    INSERT INTO lines VALUES ('board/x'), ('board/x~2026q3'), ('note/y'), ('import/x'), ('member/y'), ('workspace');
    CREATE TABLE unknown (id TEXT);
    INSERT INTO unknown VALUES ('x');`);
  database.close();
  const rowOwners = { links: ['a', 'b'], lines: thingOfDocumentSql('doc') };
  const restricted = openRestrictedQuery(path, { rowOwners });
  const ids = (sql: string) => restricted.query.all<{ id: string }>(sql).map(({ id }) => id);
  return {
    ...restricted,
    links: () => ids('SELECT id FROM links ORDER BY id'),
    lines: () => ids('SELECT doc AS id FROM lines'),
    unknown: () => ids('SELECT id FROM unknown'),
  };
}

test('a row goes with any of what it belongs to; one that belongs to nothing, or a table of nobody, is not shown', () => {
  const rows = openLinks();
  rows.hide('y', ['y']);
  expect(rows.links()).toEqual(['2']);
  expect(rows.lines()).toEqual(['board/x', 'board/x~2026q3']);
  expect(rows.unknown()).toEqual([]);
  rows.hide('x', ['x']);
  expect(rows.links()).toEqual(['3']);
  expect(rows.lines()).toEqual(['note/y']);
  rows.close();
});

test('each reader’s set is the one that counts, however many took turns', () => {
  const rows = openLinks();
  for (const round of [1, 2])
    for (let n = 0; n < 40; n++) {
      const hidden = n % 2 === 0 ? 'x' : 'z';
      rows.hide(`reader ${n}`, [hidden, `other ${n}`]);
      expect(rows.links(), `round ${round}, reader ${n}`).toEqual(n % 2 === 0 ? ['3'] : ['1', '2']);
    }
  rows.close();
});

test('SQL and code say the same of what a document belongs to', () => {
  const database = new Sqlite(':memory:');
  const said = database.prepare<[string], string | null>(`SELECT ${thingOfDocumentSql('doc')} FROM (SELECT ? AS doc)`);
  for (const doc of [
    'board/x',
    'board/x~2026q3',
    'note/y',
    'member/m',
    'team/t',
    'import/i',
    'import/i~1',
    'workspace',
    'a/b/c',
  ])
    expect(said.pluck().get(doc), doc).toBe(thingOfDocument(doc));
});
