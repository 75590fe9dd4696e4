import type { RowOwners } from '@rapport/domain/access/row-owners';
import type { Database } from 'better-sqlite3';
import { openQuery, type OpenQuery } from './query.ts';

export interface RestrictedQuery extends OpenQuery {
  /**
   * From now on no table has rows of these things. `key` names the set: one that is still known costs one row, whoever
   * it was hidden from.
   */
  hide(key: string, things: Iterable<string>): void;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Sets of hidden things that are kept: of as many different readers. */
const mostSets = 32;
/** Ids in all of them together; at about 60 bytes each. */
const mostIds = 200_000;

/**
 * A read-only connection on which every table of the read model is a view that leaves out the rows of hidden things:
 * SQLite finds `temp.deals` before `main.deals`, so no query has to know.
 */
export function openRestrictedQuery(
  path: string,
  { rowOwners, ...options }: { rowOwners: RowOwners; cacheKib?: number },
): RestrictedQuery {
  let connection: Database | null = null;
  /** Rows by the set's key, the one that was not used for the longest first. */
  const sets = new Map<string, { readonly number: number; readonly size: number }>();
  let lastNumber = 0;
  let current = '';
  const open = openQuery(path, {
    ...options,
    prepare(database) {
      connection = database;
      database.pragma('temp_store = MEMORY');
      database.exec(`
        CREATE TEMP TABLE hidden_things (hidden_set INTEGER, hidden_id TEXT, PRIMARY KEY (hidden_set, hidden_id)) WITHOUT ROWID;
        CREATE TEMP TABLE reading (current_set INTEGER);
        INSERT INTO temp.reading VALUES (0);`);
      const tables = database.prepare<[], string>('SELECT name FROM main.read_model_tables').pluck().all();
      for (const name of tables) {
        const owners = Object.hasOwn(rowOwners, name) ? rowOwners[name] : undefined;
        database.exec(
          `CREATE TEMP VIEW ${quoted(name)} AS SELECT * FROM main.${quoted(name)} WHERE ${isShown(owners)}`,
        );
      }
    },
  });

  const forget = (database: Database, key: string) => {
    database.prepare('DELETE FROM temp.hidden_things WHERE hidden_set = ?').run(sets.get(key)?.number);
    sets.delete(key);
  };
  const makeRoom = (database: Database, wanted: number) => {
    let size = [...sets.values()].reduce((sum, set) => sum + set.size, 0);
    for (const [key, set] of sets) {
      if (sets.size < mostSets && size + wanted <= mostIds) break;
      forget(database, key);
      size -= set.size;
    }
  };

  return {
    ...open,
    hide(key, things) {
      if (key === current || connection === null) return;
      const database = connection;
      // Should this fail half-way, the next caller must not take it for done.
      current = '';
      const known = sets.get(key);
      if (known === undefined) {
        const ids = [...things];
        const number = ++lastNumber;
        database.transaction(() => {
          makeRoom(database, ids.length);
          const insert = database.prepare('INSERT INTO temp.hidden_things (hidden_set, hidden_id) VALUES (?, ?)');
          for (const id of ids) insert.run(number, id);
        })();
        sets.set(key, { number, size: ids.length });
      } else {
        sets.delete(key);
        sets.set(key, known);
      }
      database.prepare('UPDATE temp.reading SET current_set = ?').run(sets.get(key)?.number);
      current = key;
    },
  };
}

/**
 * A row is shown when something is known of what it belongs to, and none of that is hidden. The columns of the table of
 * hidden things have names that no noun's table has: within the inner question they come first.
 */
function isShown(owners: string | readonly string[] | undefined): string {
  if (owners === undefined) return 'FALSE';
  const each = typeof owners === 'string' ? [owners] : owners;
  const isHidden = each.map(
    (owner) =>
      `EXISTS (SELECT 1 FROM temp.hidden_things
        WHERE hidden_set = (SELECT current_set FROM temp.reading) AND hidden_id = (${owner}))`,
  );
  return `${each.length === 1 ? `(${each[0]})` : `coalesce(${each.join(', ')})`} IS NOT NULL AND NOT ${isHidden.join(' AND NOT ')}`;
}
