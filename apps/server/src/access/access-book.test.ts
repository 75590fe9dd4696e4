import { openShare, privateShare, type Share } from '@rapport/domain/access/share';
import Sqlite, { type Database } from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openAccessBook, type AccessBook } from './access-book.ts';

const member = (memberId: string) => ({ memberId, role: 'member' }) as const;
const ownedBy = (owner: string): Share => ({ ...privateShare, owner });
const open = (database: Database = new Sqlite(':memory:')): AccessBook => openAccessBook(database, () => 'member');
const hidden = (book: AccessBook, memberId: string) => [...book.hiddenFrom(member(memberId))];

test('a thing is shared as was said of it, else as what it lies in, else with all', () => {
  const database = new Sqlite(':memory:');
  const book = open(database);
  book.setShare('folder', ownedBy('olga'));
  book.setParent('inner', 'folder');
  book.setParent('note', 'inner');
  const check = (each: AccessBook) => {
    expect(each.share('note')).toEqual(ownedBy('olga'));
    expect(hidden(each, 'mo')).toEqual(['folder', 'inner', 'note']);
    expect(hidden(each, 'olga')).toEqual([]);
    expect(each.accessOf(member('mo'), 'elsewhere')).toBe('edit');
  };
  check(book);
  // What was said is in the file.
  check(open(database));

  book.setShare('inner', { ...openShare, level: 'comment' } as Share);
  expect(hidden(book, 'mo')).toEqual(['folder']);
  expect(book.accessOf(member('mo'), 'note')).toBe('comment');
  book.dropShare('inner');
  check(book);
  book.setParent('note', null);
  expect(hidden(book, 'mo')).toEqual(['folder', 'inner']);
  expect(book.share('note')).toEqual(openShare);
  book.setShare('inner', ownedBy('mo'));
  expect(hidden(book, 'olga')).toEqual(['inner']);
  expect(open(database).parentOf('inner')).toBe('folder');
});

test('nothing lies in itself', () => {
  const book = open();
  book.setParent('b', 'a');
  book.setParent('c', 'b');
  expect(book.isIn('c', 'a')).toBe(true);
  for (const parent of ['a', 'b', 'c']) expect(() => book.setParent('a', parent)).toThrow('cannot lie in itself');
  expect(book.parentOf('a')).toBe(null);
});

test('the same set until something changes, and then another', () => {
  const book = open();
  book.setShare('one', ownedBy('olga'));
  const before = book.hiddenFrom(member('mo'));
  book.setShare('new', { ...openShare, owner: 'olga' });
  expect(book.hiddenFrom(member('mo'))).toBe(before);
  book.setShare('new', ownedBy('olga'));
  expect([...book.hiddenFrom(member('mo'))]).toEqual(['new', 'one']);
});

test('shares of boards that an earlier version wrote stay what they were', () => {
  const database = new Sqlite(':memory:');
  database.exec(`
    CREATE TABLE access_shares (board_id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('everyone', 'restricted')),
      level TEXT NOT NULL CHECK (level IN ('view', 'edit')), owner TEXT) STRICT, WITHOUT ROWID;
    CREATE TABLE access_grants (board_id TEXT NOT NULL, kind TEXT NOT NULL, grantee TEXT NOT NULL, level TEXT NOT NULL,
      PRIMARY KEY (board_id, kind, grantee)) STRICT, WITHOUT ROWID;
    INSERT INTO access_shares VALUES ('b1', 'restricted', 'view', 'olga'), ('b2', 'everyone', 'view', 'mo');
    INSERT INTO access_grants VALUES ('b1', 'member', 'ned', 'edit');`);
  for (const book of [open(database), open(database)]) {
    expect(book.share('b1')).toEqual({ ...ownedBy('olga'), grants: [{ to: 'member', id: 'ned', level: 'edit' }] });
    expect(book.share('b2')).toEqual({ kind: 'everyone', level: 'view', owner: 'mo' });
  }
});
