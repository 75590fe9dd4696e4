import type { Query, SqlParams } from '@rapport/domain/http/workspace-context.node';
import Sqlite, { type Database } from 'better-sqlite3';

export interface OpenQuery {
  readonly query: Query;
  /** Within `look` every question sees the same state of the file, whatever is committed meanwhile. */
  snapshot<T>(look: () => T): T;
  close(): void;
}

/**
 * Reads one workspace's file on a connection that cannot write. `cacheKib`: pages kept, the library's default else;
 * `prepare` is given the new connection.
 */
export function openQuery(
  path: string,
  { cacheKib, prepare }: { cacheKib?: number; prepare?: (database: Database) => void } = {},
): OpenQuery {
  const database = new Sqlite(path, { readonly: true, timeout: 5000 });
  prepare?.(database);
  if (cacheKib !== undefined) database.pragma(`cache_size = -${cacheKib}`);
  const prepared = new Map<string, Sqlite.Statement>();
  const statement = (sql: string): Sqlite.Statement => {
    const known = prepared.get(sql) ?? database.prepare(sql);
    // Texts are the product's own and few; one that is built from parts must not fill the memory all the same.
    if (prepared.size > 500) prepared.clear();
    prepared.set(sql, known);
    return known;
  };
  const bind = (params: SqlParams | undefined): unknown[] => (params === undefined ? [] : [params]);
  return {
    query: {
      all: <Row>(sql: string, params?: SqlParams) => statement(sql).all(...bind(params)) as Row[],
      get: <Row>(sql: string, params?: SqlParams) => statement(sql).get(...bind(params)) as Row | undefined,
    },
    snapshot: (look) => database.transaction(look)(),
    close: () => void database.close(),
  };
}
