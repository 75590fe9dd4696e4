import type { Database } from 'better-sqlite3';

/** What the sync server keeps in a workspace's file. Read-model tables are the application's own. */
const syncTables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS sync_documents (name TEXT PRIMARY KEY, created_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sync_log (
    seq INTEGER PRIMARY KEY, doc TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, via TEXT NOT NULL,
    agent TEXT, bytes BLOB NOT NULL, sum INTEGER) STRICT`,
  `CREATE INDEX IF NOT EXISTS sync_log_by_doc ON sync_log (doc, seq)`,
  `CREATE TABLE IF NOT EXISTS sync_states (
    doc TEXT NOT NULL, seq INTEGER NOT NULL, sum INTEGER, state BLOB NOT NULL, PRIMARY KEY (doc, seq)) STRICT`,
  `CREATE TABLE IF NOT EXISTS sync_clients (
    doc TEXT NOT NULL, client INTEGER NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (doc, client)) STRICT, WITHOUT ROWID`,
  // One row: the read model is the projection of the log up to \`seq\`.
  `CREATE TABLE IF NOT EXISTS sync_watermark (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, probed INTEGER) STRICT`,
  `CREATE TABLE IF NOT EXISTS sync_epoch (id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL) STRICT`,
  // Documents from whose history text was erased: whoever has an old copy is told to drop it.
  `CREATE TABLE IF NOT EXISTS sync_erasures (doc TEXT PRIMARY KEY, mark TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `INSERT OR IGNORE INTO sync_epoch (id, epoch) VALUES (1, lower(hex(randomblob(16))))`,
  `INSERT OR IGNORE INTO sync_watermark (id, seq) VALUES (1, 0)`,
];

/** Makes the tables, or brings those of an earlier version up to date. Run it in a transaction. */
export function prepareSyncTables(database: Database): void {
  for (const statement of syncTables) database.exec(statement);
  const hasTable = database.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`).pluck();
  const columns = database.pragma('table_info(sync_log)') as readonly { name: string }[];
  // Rows from before checksums have none and are taken as they are.
  if (!columns.some(({ name }) => name === 'sum')) database.exec('ALTER TABLE sync_log ADD COLUMN sum INTEGER');
  if (hasTable.get('sync_snapshots') !== undefined) {
    database.exec('INSERT OR IGNORE INTO sync_states (doc, seq, state) SELECT doc, seq, state FROM sync_snapshots');
    database.exec('DROP TABLE sync_snapshots');
  }
}

/**
 * Begins a new life of the data; whoever restores a backup calls it on the restored file before a server opens it.
 * Clients that knew the old one then compare before they offer anything.
 */
export function renewEpoch(database: Database): void {
  prepareSyncTables(database);
  database.exec('UPDATE sync_epoch SET epoch = lower(hex(randomblob(16)))');
}
