import type { Database } from 'better-sqlite3';

export interface Migration {
  /** Unique and final, e.g. `control-001`. Applied in list order, once. */
  readonly id: string;
  readonly sql: string;
}

/** Applies what the file has not seen yet, each in a transaction with its record. Never edit one that was released. */
export function migrate(database: Database, migrations: readonly Migration[], now: () => number): void {
  database.exec('CREATE TABLE IF NOT EXISTS migrations (id TEXT PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT');
  const done = new Set(database.prepare<[], string>('SELECT id FROM migrations').pluck().all());
  const record = database.prepare('INSERT INTO migrations (id, applied_at) VALUES (?, ?)');
  for (const { id, sql } of migrations) {
    if (done.has(id)) continue;
    database.transaction(() => {
      database.exec(sql);
      record.run(id, now());
    })();
  }
}

/** The control database beside better-auth's own tables (user, session, account, verification). */
export const controlMigrations: readonly Migration[] = [
  {
    id: 'control-001',
    sql: `
      CREATE TABLE workspaces (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL
      ) STRICT;
      -- A member without user_id is pending: an import named them; they become themselves on accepting an invitation.
      CREATE TABLE members (
        id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces(id), user_id TEXT,
        name TEXT NOT NULL, email TEXT, colour INTEGER NOT NULL CHECK (colour BETWEEN 1 AND 12),
        role TEXT NOT NULL CHECK (role IN ('admin','manager','member','viewer')),
        created_at INTEGER NOT NULL, joined_at INTEGER, removed_at INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX members_by_user ON members(workspace_id, user_id) WHERE user_id IS NOT NULL;
      CREATE INDEX members_of_user ON members(user_id) WHERE user_id IS NOT NULL;
      CREATE TABLE invitations (
        id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces(id), token_hash TEXT NOT NULL UNIQUE,
        email TEXT, role TEXT NOT NULL CHECK (role IN ('admin','manager','member','viewer')),
        single_use INTEGER NOT NULL, uses INTEGER NOT NULL DEFAULT 0,
        created_by TEXT NOT NULL REFERENCES members(id), created_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL, revoked_at INTEGER
      ) STRICT;
      CREATE INDEX invitations_by_workspace ON invitations(workspace_id, id);
      CREATE TABLE api_keys (
        id TEXT PRIMARY KEY, workspace_id TEXT NOT NULL REFERENCES workspaces(id), key_hash TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL, role TEXT NOT NULL CHECK (role IN ('admin','manager','member','viewer')),
        member_id TEXT NOT NULL REFERENCES members(id), created_at INTEGER NOT NULL,
        last_used_at INTEGER, revoked_at INTEGER
      ) STRICT;
      CREATE INDEX api_keys_by_workspace ON api_keys(workspace_id, id);
      CREATE TABLE idempotency (
        id TEXT PRIMARY KEY, request_hash TEXT NOT NULL, status INTEGER NOT NULL, reply BLOB NOT NULL, at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX idempotency_by_age ON idempotency(at);
      CREATE TABLE health (one INTEGER PRIMARY KEY CHECK (one = 1), at INTEGER NOT NULL) STRICT;
    `,
  },
  {
    id: 'control-audit',
    sql: `
      CREATE TABLE audit (
        id TEXT PRIMARY KEY, at INTEGER NOT NULL, workspace_id TEXT NOT NULL REFERENCES workspaces(id),
        actor TEXT, agent TEXT, action TEXT NOT NULL, target TEXT, detail TEXT NOT NULL
      ) STRICT;
      CREATE INDEX audit_by_workspace ON audit(workspace_id, id);
      CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
      CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
    `,
  },
  {
    id: 'control-session-seen',
    sql: `CREATE TABLE session_seen (token TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;`,
  },
  {
    id: 'control-backups',
    // Not what was backed up but that it was: health tells when. The newest of each workspace is enough.
    sql: `
      CREATE TABLE backups (
        workspace_id TEXT PRIMARY KEY, at INTEGER NOT NULL, bytes INTEGER NOT NULL, made_by TEXT
      ) STRICT;
    `,
  },
  {
    id: 'control-away',
    // The last day on which somebody is away, YYYY-MM-DD.
    sql: `ALTER TABLE members ADD COLUMN away_until TEXT;`,
  },
];
