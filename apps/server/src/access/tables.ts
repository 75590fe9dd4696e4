import type { Database } from 'better-sqlite3';

/**
 * Teams and shares lie in the workspace's own file, so that a backup, a move or a restore never opens a board to those
 * who could not open it before. They are the server's to decide and in no document.
 */
export function makeAccessTables(database: Database): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS access_teams (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS access_team_members (
      team_id TEXT NOT NULL, member_id TEXT NOT NULL, PRIMARY KEY (team_id, member_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS access_shares (
      board_id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('everyone', 'restricted')),
      level TEXT NOT NULL CHECK (level IN ('view', 'edit')), owner TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS access_grants (
      board_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('team', 'member')), grantee TEXT NOT NULL,
      level TEXT NOT NULL CHECK (level IN ('view', 'edit')), PRIMARY KEY (board_id, kind, grantee)
    ) STRICT, WITHOUT ROWID;
  `);
}
