import type { Database } from 'better-sqlite3';
import Sqlite from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { workspaceFile } from '../format.ts';
import { accountOf, quoted, tablesOfUsers } from './person-tables.ts';

type Row = Record<string, unknown>;

/** What proves who somebody is stays here, also from themselves: a file with it would be a key lying about. */
const secrets = /token|secret|password|hash|backupcodes/i;

/** Everything that is kept about the person with this address, for them: plain data. */
export function exportPerson(dataDir: string, control: Database, email: string): Row {
  const account = accountOf(control, email);
  const rows = (sql: string, ...values: unknown[]) =>
    control
      .prepare<unknown[], Row>(sql)
      .all(...values)
      .map(withoutSecrets);
  const memberships = rows(
    `SELECT m.*, w.name AS workspace FROM members m JOIN workspaces w ON w.id = m.workspace_id WHERE m.user_id = ? ORDER BY m.id`,
    account.id,
  );
  return {
    person: rows('SELECT * FROM user WHERE id = ?', account.id)[0],
    tables: Object.fromEntries(
      tablesOfUsers(control).map(({ table, column }) => [
        table,
        rows(`SELECT * FROM ${quoted(table)} WHERE ${quoted(column)} = ?`, account.id),
      ]),
    ),
    invitations: rows('SELECT * FROM invitations WHERE lower(email) = lower(?)', account.email),
    workspaces: memberships.map((membership) => ({
      membership,
      keys: rows('SELECT * FROM api_keys WHERE member_id = ? ORDER BY id', membership['id']),
      audit: rows('SELECT * FROM audit WHERE actor = ? ORDER BY id', membership['id']),
      ...inWorkspace(workspaceFile(dataDir, String(membership['workspace_id'])), String(membership['id'])),
    })),
  };
}

/** What the workspace's derived rows say of a member: deals and leads that they own, and what they did. */
function inWorkspace(path: string, memberId: string): Row {
  if (!existsSync(path)) return {};
  const database = new Sqlite(path, { readonly: true, timeout: 5000 });
  try {
    return {
      deals: database.prepare('SELECT * FROM deals WHERE owner = ? ORDER BY id').all(memberId),
      leads: database.prepare('SELECT * FROM leads WHERE owner = ? ORDER BY id').all(memberId),
      activity: database.prepare('SELECT * FROM activity WHERE actor = ? ORDER BY id').all(memberId),
    };
  } finally {
    database.close();
  }
}

const withoutSecrets = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !secrets.test(name)));
