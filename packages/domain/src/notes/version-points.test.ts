import Database from 'better-sqlite3';
import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { documentAt } from './history.ts';
import { list, makeNote, p, t } from './note-fixture.ts';
import { readBody } from './read-body.ts';
import { replaceBody } from './restore.ts';
import { bodyRoot } from './schema.ts';
import { versionPoints } from './version-points.ts';

function openLog(entries: readonly { at: number; actor: string; bytes?: Uint8Array }[]) {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE sync_log (seq INTEGER PRIMARY KEY, doc TEXT, at INTEGER, actor TEXT, bytes BLOB)');
  const insert = database.prepare('INSERT INTO sync_log (doc, at, actor, bytes) VALUES (?, ?, ?, ?)');
  for (const { at, actor, bytes } of entries) {
    insert.run('note/n1', at, actor, bytes ?? null);
    insert.run('note/other', at, 'somebody', null);
  }
  return { all: <R>(sql: string, params: readonly (string | number)[]) => database.prepare(sql).all(...params) as R[] };
}

const minute = 60_000;
const hour = 60 * minute;

test('a stretch of work ends with a pause, when somebody else goes on, and at the full hour', () => {
  const rows = openLog([
    { at: hour, actor: 'ana' },
    { at: hour + minute, actor: 'ana' },
    { at: hour + 70_000, actor: 'ben' },
    { at: hour + 71_000, actor: 'server' },
    { at: hour + 5 * minute, actor: 'cem' },
    { at: hour + 20 * minute, actor: 'cem' },
    { at: hour + 59 * minute, actor: 'cem' },
    { at: 2 * hour, actor: 'cem' },
  ]);
  expect(versionPoints(rows, 'note/n1', 10).map(({ authors, changes }) => [authors.join(), changes])).toEqual([
    ['cem', 1],
    ['cem', 1],
    ['cem', 1],
    ['cem', 1],
    ['ana,ben', 4],
  ]);
  expect(versionPoints(rows, 'note/n1', 2)).toHaveLength(2);
});

test('every version equals what was there then, and going back to any gives it again', () => {
  const note = makeNote(p('one'));
  const entries: { at: number; actor: string; bytes: Uint8Array }[] = [
    { at: 0, actor: 'ana', bytes: Y.encodeStateAsUpdate(note) },
  ];
  note.on('update', (bytes: Uint8Array) => entries.push({ at: entries.length, actor: 'ana', bytes }));
  const body = note.getXmlFragment(bodyRoot);
  const seen = [readBody(body).nodes];
  const step = (edit: () => void) => {
    note.transact(edit);
    seen.push(readBody(body).nodes);
  };
  const bold = { type: 'bold', attributes: {} };
  step(() => replaceBody(note, [p('one'), list(p('a'), p('b'))]));
  step(() => ((body.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(1, 'X'));
  step(() => replaceBody(note, [p('one ', t('bold', bold)), list(p('a'))]));
  step(() => body.delete(0, 1));
  const rows = openLog(entries);
  for (const [index, nodes] of seen.entries()) {
    const then = documentAt(rows, 'note/n1', index * 2 + 1);
    expect(readBody(then.getXmlFragment(bodyRoot)).nodes).toEqual(nodes);
    replaceBody(note, nodes);
    expect(readBody(body).nodes).toEqual(nodes);
  }
});

test('going back leaves blocks that are the same to those who write in them', () => {
  const note = makeNote(p('stays'), p('was'), p('stays, too'));
  const before = readBody(note.getXmlFragment(bodyRoot)).nodes;
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(note));
  replaceBody(note, [p('stays'), p('is'), p('new'), p('stays, too')]);
  ((other.getXmlFragment(bodyRoot).get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(5, ' with me');
  replaceBody(note, before);
  Y.applyUpdate(note, Y.encodeStateAsUpdate(other));
  expect(readBody(note.getXmlFragment(bodyRoot)).nodes).toEqual([p('stays with me'), p('was'), p('stays, too')]);
});
