import type { Database } from 'better-sqlite3';
import { rowBoards } from '../access/row-boards.ts';
import { openQuery, type OpenQuery } from './query.ts';

export interface RestrictedQuery extends OpenQuery {
  /** From now on no table has rows of these boards. */
  hide(boards: Iterable<string>): void;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * A read-only connection on which every table of the read model is a view that leaves out the rows of hidden boards:
 * SQLite finds `temp.deals` before `main.deals`, so no query has to know.
 */
export function openRestrictedQuery(path: string, options: { cacheKib?: number } = {}): RestrictedQuery {
  let hidden = '';
  let connection: Database | null = null;
  const open = openQuery(path, {
    ...options,
    prepare(database) {
      connection = database;
      database.pragma('temp_store = MEMORY');
      database.exec('CREATE TEMP TABLE hidden_boards (id TEXT PRIMARY KEY) WITHOUT ROWID');
      const tables = database.prepare<[], string>('SELECT name FROM main.read_model_tables').pluck().all();
      for (const name of tables) {
        const board = Object.hasOwn(rowBoards, name) ? rowBoards[name] : undefined;
        const isShown = board === undefined ? 'FALSE' : `${board} NOT IN (SELECT id FROM temp.hidden_boards)`;
        database.exec(`CREATE TEMP VIEW ${quoted(name)} AS SELECT * FROM main.${quoted(name)} WHERE ${isShown}`);
      }
    },
  });
  return {
    ...open,
    hide(boards) {
      const ids = [...boards];
      const key = ids.join('\n');
      if (key === hidden || connection === null) return;
      const database = connection;
      // Should this fail half-way, the next caller must not take it for done.
      hidden = '\n';
      database.transaction(() => {
        database.exec('DELETE FROM temp.hidden_boards');
        const insert = database.prepare('INSERT INTO temp.hidden_boards (id) VALUES (?)');
        for (const id of ids) insert.run(id);
      })();
      hidden = key;
    },
  };
}
