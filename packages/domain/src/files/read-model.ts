/** Files and their versions: public, for any SQL tool. Sizes are bytes, instants epoch ms, checksums hexadecimal. */
export const filesReadModel: readonly string[] = [
  // tags: a JSON array. place_kind: folder, note, deal, lead, company or contact; null: the library itself. type, size, sha256: of the newest version.
  `CREATE TABLE files (id TEXT PRIMARY KEY, doc TEXT NOT NULL, name TEXT NOT NULL, place_kind TEXT, place_id TEXT,
    type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, version_id TEXT NOT NULL, versions INTEGER NOT NULL,
    by TEXT NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, deleted_at INTEGER, tags TEXT NOT NULL DEFAULT '[]') WITHOUT ROWID`,
  `CREATE INDEX files_by_place ON files (place_id)`,
  `CREATE TABLE file_versions (file_id TEXT NOT NULL, id TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    type TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (file_id, id)) WITHOUT ROWID`,
  `CREATE INDEX file_versions_by_content ON file_versions (sha256)`,
];
