import type { DuplicateBook } from '@rapport/domain/duplicates/book';
import type { Database } from 'better-sqlite3';

/**
 * What people decided about likenesses, in the workspace's own file: which pairs are no duplicates, and from which score
 * on pairs are shown. It is in no document, so that nobody learns of a record that is hidden from them.
 */
export function openDuplicateBook(database: Database): DuplicateBook {
  database.exec(`
    CREATE TABLE IF NOT EXISTS duplicate_dismissals (
      a TEXT NOT NULL, b TEXT NOT NULL, noun TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (a, b)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS duplicate_settings (noun TEXT PRIMARY KEY, threshold REAL NOT NULL) STRICT, WITHOUT ROWID;
  `);
  const inOrder = (a: string, b: string): [string, string] => (a < b ? [a, b] : [b, a]);
  const find = database.prepare('SELECT 1 FROM duplicate_dismissals WHERE a = ? AND b = ?');
  const add = database.prepare(
    'INSERT OR IGNORE INTO duplicate_dismissals (a, b, noun, by, at) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM duplicate_dismissals WHERE a = ? AND b = ?');
  const findThreshold = database
    .prepare<[string], number>('SELECT threshold FROM duplicate_settings WHERE noun = ?')
    .pluck();
  const saveThreshold = database.prepare(
    'INSERT INTO duplicate_settings (noun, threshold) VALUES (?, ?) ON CONFLICT (noun) DO UPDATE SET threshold = excluded.threshold',
  );
  return {
    isDismissed: (a, b) => find.get(...inOrder(a, b)) !== undefined,
    dismiss: ({ noun, a, b, by, at }) => void add.run(...inOrder(a, b), noun, by, at),
    takeBack: (a, b) => void remove.run(...inOrder(a, b)),
    threshold: (noun) => findThreshold.get(noun),
    setThreshold: (noun, threshold) => void saveThreshold.run(noun, threshold),
  };
}
