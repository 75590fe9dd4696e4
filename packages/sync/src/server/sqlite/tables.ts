/** What the sync server keeps in a workspace's file. Read-model tables are the application's own. */
export const syncTables: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS sync_documents (name TEXT PRIMARY KEY, created_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS sync_log (
    seq INTEGER PRIMARY KEY, doc TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, via TEXT NOT NULL,
    agent TEXT, bytes BLOB NOT NULL) STRICT`,
  `CREATE INDEX IF NOT EXISTS sync_log_by_doc ON sync_log (doc, seq)`,
  `CREATE TABLE IF NOT EXISTS sync_snapshots (doc TEXT PRIMARY KEY, seq INTEGER NOT NULL, state BLOB NOT NULL) STRICT`,
  `CREATE TABLE IF NOT EXISTS sync_clients (
    doc TEXT NOT NULL, client INTEGER NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (doc, client)) STRICT, WITHOUT ROWID`,
  // One row: the read model is the projection of the log up to \`seq\`.
  `CREATE TABLE IF NOT EXISTS sync_watermark (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL, probed INTEGER) STRICT`,
  `INSERT OR IGNORE INTO sync_watermark (id, seq) VALUES (1, 0)`,
];
