import type { Searchable } from './searchable.ts';

/** Raise it when the same rows give another index. */
const indexVersion = 5;

/** Says which index these declarations make; another text means that it is made anew. */
export const indexShape = (searchables: readonly Searchable[]): string => JSON.stringify([indexVersion, searchables]);

/**
 * The index is derived from the rows and lies in the same file. It keeps words, not texts: what a hit shows is read from
 * the row, through the same restricted view as everything else.
 */
export const indexTables: readonly string[] = [
  // `number` is the rowid in `search_text`: a record that is indexed again gets a higher one, so that newest come first.
  `CREATE TABLE search_records (number INTEGER PRIMARY KEY, noun TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (noun, id)) STRICT`,
  // Prefixes of one to three characters are indexed, so that the first letters that somebody types cost no more.
  `CREATE VIRTUAL TABLE search_text USING fts5(title, text, content = '', contentless_delete = 1, prefix = '1 2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'")`,
  // Every word once, between ^ and $; by its trigrams are found those that contain a fragment, or are nearly the same.
  `CREATE TABLE search_words (number INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT`,
  `CREATE VIRTUAL TABLE search_fragments USING fts5(word, content = 'search_words', content_rowid = 'number',
    tokenize = "trigram case_sensitive 1")`,
  // What changed since it was indexed.
  `CREATE TABLE search_waiting (noun TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (noun, id)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE search_shape (one INTEGER PRIMARY KEY CHECK (one = 1), shape TEXT NOT NULL) STRICT`,
  // Left to itself FTS5 merges what it wrote when enough has come together, for tens of milliseconds at a time.
  ...['search_text', 'search_fragments'].flatMap((table) => [
    `INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 0)`,
    `INSERT INTO ${table} (${table}, rank) VALUES ('crisismerge', 200)`,
  ]),
];

/** Merges a little of what was written, a millisecond or less. Run it after each of the index's own transactions. */
export const mergeALittle: readonly string[] = ['search_text', 'search_fragments'].map(
  (table) => `INSERT INTO ${table} (${table}, rank) VALUES ('merge', 32)`,
);

/** Tables of the index, in the order in which they can be dropped. */
export const indexTableNames: readonly string[] = [
  'search_fragments',
  'search_words',
  'search_text',
  'search_records',
  'search_waiting',
  'search_shape',
];

const changed = (columns: readonly string[]): string =>
  columns.map((column) => `old.${column} IS NOT new.${column}`).join(' OR ');
const columnsIn = (sql: string | undefined, among: readonly string[]): string[] =>
  among.filter((column) => new RegExp(`\\b${column}\\b`).test(sql ?? ''));

/** A condition on a row, as a trigger says it of the row that it is fired for; what stands in quotes is no column. */
const conditionOf = (row: 'old' | 'new', where: string, columns: readonly string[]): string =>
  where
    .split(/('[^']*')/)
    .map((part) =>
      part.startsWith("'")
        ? part
        : part.replaceAll(/\b[a-z_]+\b/g, (word) => (columns.includes(word) ? `${row}.${word}` : word)),
    )
    .join('');

/**
 * Not `INSERT OR IGNORE`: rows are written with ON CONFLICT, and SQLite then takes that statement's way with conflicts for
 * the trigger's, too, so that the second of two edits would fail.
 */
const linkedWait = (noun: string, linkedTo: string): string =>
  `WHEN EXISTS (SELECT 1 FROM record_links WHERE to_id = ${linkedTo} AND from_noun = '${noun}')
   BEGIN INSERT INTO search_waiting (noun, id) SELECT '${noun}', l.from_id FROM record_links l
    WHERE l.to_id = ${linkedTo} AND l.from_noun = '${noun}'
      AND NOT EXISTS (SELECT 1 FROM search_waiting w WHERE w.noun = '${noun}' AND w.id = l.from_id); END`;

/**
 * Whether a record does not wait yet. Asked in the condition of a trigger: an INSERT that reads the table it writes to
 * makes a table in memory each time, with a cache of its own, which costs more than the edit.
 */
const isNotWaiting = (noun: string, id: string): string =>
  `NOT EXISTS (SELECT 1 FROM search_waiting WHERE noun = '${noun}' AND id = ${id})`;
const wait = (noun: string, id: string): string =>
  `BEGIN INSERT INTO search_waiting (noun, id) VALUES ('${noun}', ${id}); END`;

/** A trigger's name, and the statement that makes it. */
export interface Trigger {
  readonly name: string;
  readonly statement: string;
}

/**
 * Notes a record as waiting when its row changes in a way that the index has to know: one small row, and nothing for
 * edits of anything else. `columnsOf` names a table's columns.
 */
export function indexTriggers(
  searchables: readonly Searchable[],
  columnsOf: (table: string) => readonly string[],
): Trigger[] {
  const triggers: Trigger[] = [];
  const add = (table: string, noun: string, id: string, columns: readonly string[], suffix: string, where?: string) => {
    const isMeant = (row: 'old' | 'new') => (where === undefined ? 'TRUE' : conditionOf(row, where, columnsOf(table)));
    const on = (event: string, name: string, row: 'old' | 'new', when: string) => {
      const trigger = `search_${table}_${suffix}${name}`;
      const record = `${row}.${id}`;
      triggers.push({
        name: trigger,
        statement: `CREATE TRIGGER ${trigger} AFTER ${event} ON ${table} WHEN (${when}) AND ${isNotWaiting(noun, record)}
          ${wait(noun, record)}`,
      });
    };
    const update = `UPDATE OF ${columns.join(', ')}`;
    on('INSERT', 'made', 'new', isMeant('new'));
    on('DELETE', 'gone', 'old', isMeant('old'));
    on(update, 'changed', 'new', changed(columns));
    // It may have become another record's.
    on(update, 'left', 'old', `old.${id} IS NOT new.${id}`);
  };
  const addLinks = ({ noun, links = [] }: Searchable) => {
    const name = (what: string) => `search_${noun}_links_${what}`;
    const trigger = (what: string, rest: string) =>
      triggers.push({ name: name(what), statement: `CREATE TRIGGER ${name(what)} AFTER ${rest}` });
    const linked = (row: 'old' | 'new') =>
      `WHEN ${row}.from_noun = '${noun}' AND ${isNotWaiting(noun, `${row}.from_id`)} ${wait(noun, `${row}.from_id`)}`;
    if (links.length > 0) {
      trigger('made', `INSERT ON record_links ${linked('new')}`);
      trigger('gone', `DELETE ON record_links ${linked('old')}`);
    }
    for (const { table, id, name: column } of links) {
      const waits = linkedWait(noun, `new.${id}`);
      trigger(`${table}_made`, `INSERT ON ${table} ${waits}`);
      const isRenamed = `WHEN old.${column} IS NOT new.${column} AND`;
      trigger(`${table}_named`, `UPDATE OF ${column} ON ${table} ${waits.replace('WHEN', isRenamed)}`);
    }
  };
  for (const searchable of searchables) {
    const { noun, table, id, title, columns, rows = [], isFound } = searchable;
    addLinks(searchable);
    const watched = [title, ...columns.map(({ column }) => column), ...columnsIn(isFound, columnsOf(table))];
    add(table, noun, id, [...new Set(watched)], '');
    for (const each of rows) {
      const watchedThere = [each.record, each.column, ...columnsIn(each.where, columnsOf(each.table))];
      add(each.table, noun, each.record, [...new Set(watchedThere)], `${noun}_${each.field}_`, each.where);
    }
  }
  return triggers;
}
