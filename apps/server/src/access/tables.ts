import type { Database } from 'better-sqlite3';

/**
 * Teams, shares and what lies in what are in the workspace's own file, so that a backup, a move or a restore never opens
 * a thing to those who could not open it before. They are the server's to decide and in no document.
 */
export function makeAccessTables(database: Database): void {
  database.transaction(() => {
    if (hasBoardShares(database)) moveBoardShares(database);
    database.exec(`
      CREATE TABLE IF NOT EXISTS access_teams (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS access_team_members (
        team_id TEXT NOT NULL, member_id TEXT NOT NULL, PRIMARY KEY (team_id, member_id)
      ) STRICT, WITHOUT ROWID;
      ${sharesAndGrants}
      CREATE TABLE IF NOT EXISTS access_places (thing_id TEXT PRIMARY KEY, parent_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE INDEX IF NOT EXISTS access_places_by_parent ON access_places (parent_id);
    `);
  })();
}

const sharesAndGrants = `
  CREATE TABLE IF NOT EXISTS access_shares (
    thing_id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('everyone', 'restricted')),
    level TEXT NOT NULL CHECK (level IN ('view', 'comment', 'edit')), owner TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS access_grants (
    thing_id TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('team', 'member')), grantee TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('view', 'comment', 'edit')), PRIMARY KEY (thing_id, kind, grantee)
  ) STRICT, WITHOUT ROWID;`;

/** Data format 1 knew shares of boards alone. */
const hasBoardShares = (database: Database): boolean =>
  database
    .prepare<[], number>(`SELECT count(*) FROM pragma_table_info('access_shares') WHERE name = 'board_id'`)
    .pluck()
    .get() === 1;

function moveBoardShares(database: Database): void {
  database.exec(`
    ALTER TABLE access_shares RENAME TO access_board_shares;
    ALTER TABLE access_grants RENAME TO access_board_grants;
    ${sharesAndGrants}
    INSERT INTO access_shares SELECT board_id, kind, level, owner FROM access_board_shares;
    INSERT INTO access_grants SELECT board_id, kind, grantee, level FROM access_board_grants;
    DROP TABLE access_board_shares;
    DROP TABLE access_board_grants;
  `);
}
