import {
  indexShape,
  indexTableNames,
  indexTables,
  indexTriggers,
  mergeALittle,
} from '@rapport/domain/search/index-tables';
import { readTexts, wordsToIndex } from '@rapport/domain/search/record-texts';
import type { Searchable } from '@rapport/domain/search/searchable';
import type { Database } from 'better-sqlite3';

/** Records read at once; time is looked at after each of them. */
const recordsPerRead = 25;

export interface SearchIndex {
  /** Indexes what waits for about `ms`. Answers whether more waits. Throws as SQLite does; nothing is then half done. */
  work(ms: number): boolean;
}

/**
 * The search index of one workspace's file. Made, or made anew when its shape changed or `anew` says that all rows were;
 * then everything waits to be indexed.
 */
export function openSearchIndex(
  database: Database,
  declared: readonly Searchable[],
  { anew }: { anew: boolean },
): SearchIndex {
  // A server may be made of fewer nouns.
  const searchables = declared.filter(({ table }) => isThere(database, table));
  if (anew || shapeIn(database) !== indexShape(searchables) || !hasTriggers(database, searchables))
    makeAnew(database, searchables);
  const bySearchable = new Map(searchables.map((each) => [each.noun, each]));
  const statements = prepareAll(database);
  const rows = {
    all: <Row>(sql: string, params: readonly (string | number)[] = []) => statements.read(sql).all(...params) as Row[],
  };

  const indexOne = database.transaction((noun: string, ids: readonly string[], until: number): void => {
    const searchable = bySearchable.get(noun);
    const texts = searchable === undefined ? new Map() : readTexts(rows, searchable, ids);
    for (const id of ids) {
      const number = statements.find.get(noun, id);
      if (number !== undefined) {
        statements.dropText.run(number);
        statements.dropRecord.run(number);
      }
      const found = texts.get(id);
      if (found !== undefined) {
        const { title, text, fragments } = wordsToIndex(found);
        const { lastInsertRowid } = statements.addRecord.run(noun, id);
        statements.addText.run(lastInsertRowid, title, text);
        for (const word of fragments) {
          const framed = `^${word}$`;
          const { changes, lastInsertRowid: at } = statements.addWord.run(framed);
          if (changes > 0) statements.addFragment.run(at, framed);
        }
      }
      statements.done.run(noun, id);
      if (performance.now() >= until) return;
    }
  });

  return {
    work(ms) {
      if (statements.waiting.get(1) === undefined) return false;
      const until = performance.now() + ms;
      // What is indexed can be indexed again: it need not wait for the disk, and the next edit's commit brings it along.
      database.pragma('synchronous = NORMAL');
      try {
        while (performance.now() < until) {
          const first = statements.waiting.all(recordsPerRead);
          const noun = first[0]?.noun;
          if (noun === undefined) return false;
          const ids = first.flatMap((each) => (each.noun === noun ? [each.id] : []));
          indexOne.immediate(noun, ids, until);
          for (const merge of statements.merges) merge.run();
        }
        return statements.waiting.all(1).length > 0;
      } finally {
        database.pragma('synchronous = FULL');
      }
    },
  };
}

/** Takes the whole index out of a file, e.g. so that no word of an erased text stays; opening it makes it anew. */
export function dropSearchIndex(database: Database): void {
  const triggers = database
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'search\\_%' ESCAPE '\\'`)
    .pluck()
    .all();
  for (const name of triggers) database.exec(`DROP TRIGGER "${name.replaceAll('"', '""')}"`);
  for (const name of indexTableNames) database.exec(`DROP TABLE IF EXISTS ${name}`);
}

/** A table or a trigger. */
const isThere = (database: Database, name: string): boolean =>
  database.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name) !== undefined;

function shapeIn(database: Database): string | undefined {
  return isThere(database, 'search_shape')
    ? database.prepare<[], string>('SELECT shape FROM search_shape').pluck().get()
    : undefined;
}

const triggersFor = (database: Database, searchables: readonly Searchable[]) => {
  const columns = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck();
  return indexTriggers(searchables, (table) => columns.all(table));
};

/** They go with the tables when rows are made anew, should the server end before the index is. */
const hasTriggers = (database: Database, searchables: readonly Searchable[]): boolean =>
  triggersFor(database, searchables).every(({ name }) => isThere(database, name));

function makeAnew(database: Database, searchables: readonly Searchable[]): void {
  database.transaction(() => {
    dropSearchIndex(database);
    for (const statement of indexTables) database.exec(statement);
    for (const { statement } of triggersFor(database, searchables)) database.exec(statement);
    for (const { noun, table, id } of searchables)
      database.prepare(`INSERT INTO search_waiting (noun, id) SELECT ?, ${id} FROM ${table}`).run(noun);
    database.prepare('INSERT INTO search_shape (one, shape) VALUES (1, ?)').run(indexShape(searchables));
  })();
}

function prepareAll(database: Database) {
  const reads = new Map<string, ReturnType<Database['prepare']>>();
  return {
    read(sql: string) {
      const known = reads.get(sql) ?? database.prepare(sql);
      reads.set(sql, known);
      return known;
    },
    waiting: database.prepare<[number], { noun: string; id: string }>('SELECT noun, id FROM search_waiting LIMIT ?'),
    find: database
      .prepare<[string, string], number>('SELECT number FROM search_records WHERE noun = ? AND id = ?')
      .pluck(),
    dropText: database.prepare('DELETE FROM search_text WHERE rowid = ?'),
    dropRecord: database.prepare('DELETE FROM search_records WHERE number = ?'),
    addRecord: database.prepare('INSERT INTO search_records (noun, id) VALUES (?, ?)'),
    addText: database.prepare('INSERT INTO search_text (rowid, title, text) VALUES (?, ?, ?)'),
    addWord: database.prepare('INSERT OR IGNORE INTO search_words (word) VALUES (?)'),
    addFragment: database.prepare('INSERT INTO search_fragments (rowid, word) VALUES (?, ?)'),
    merges: mergeALittle.map((statement) => database.prepare(statement)),
    done: database.prepare('DELETE FROM search_waiting WHERE noun = ? AND id = ?'),
  };
}
