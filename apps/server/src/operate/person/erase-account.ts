import type { Database } from 'better-sqlite3';
import { OperateProblem } from '../problem.ts';
import { filesWith } from './search-bytes.ts';
import { accountOf, quoted, tablesOfUsers } from './person-tables.ts';

export interface Erased {
  readonly memberIds: readonly { readonly workspaceId: string; readonly memberId: string }[];
  /** Files below DATA_DIR that still hold the address or the name: what people wrote, and older backups. */
  readonly remainingIn: readonly string[];
}

/**
 * Deletes the account with this address and all that hangs on it, and takes name and address off every membership, so
 * that deals and history name "Removed person". Then it searches the files for the bytes. What people wrote into deals
 * is not touched. The server must not be running.
 */
export function eraseAccount(dataDir: string, control: Database, email: string, now: number): Erased {
  const account = accountOf(control, email);
  const { id } = account;
  refuseLastAdmin(control, id);
  // Freed pages are overwritten, and the file is written anew below: deleted must not mean still readable.
  control.pragma('secure_delete = ON');
  const memberIds = control
    .prepare<[string], Erased['memberIds'][number]>(
      'SELECT workspace_id AS workspaceId, id AS memberId FROM members WHERE user_id = ? ORDER BY id',
    )
    .all(id);
  control.transaction(() => {
    for (const { memberId } of memberIds)
      control
        .prepare(`UPDATE api_keys SET name = 'Removed key', revoked_at = coalesce(revoked_at, ?) WHERE member_id = ?`)
        .run(now, memberId);
    control
      .prepare(
        `UPDATE members SET name = 'Removed person', email = NULL, user_id = NULL, role = 'viewer', away_until = NULL,
         removed_at = coalesce(removed_at, ?) WHERE user_id = ?`,
      )
      .run(now, id);
    control
      .prepare(
        'UPDATE invitations SET email = NULL, revoked_at = coalesce(revoked_at, ?) WHERE lower(email) = lower(?)',
      )
      .run(now, account.email);
    for (const { table, column } of tablesOfUsers(control))
      control.prepare(`DELETE FROM ${quoted(table)} WHERE ${quoted(column)} = ?`).run(id);
    // Links and codes that wait to be used name the address they went to.
    control
      .prepare('DELETE FROM verification WHERE instr(lower(identifier || value), lower(?)) > 0 OR instr(value, ?) > 0')
      .run(account.email, id);
    // Kept for a day so that a repeated request gets its first reply, which may name anybody.
    control.prepare('DELETE FROM idempotency').run();
    control.prepare('DELETE FROM user WHERE id = ?').run(id);
  })();
  control.exec('VACUUM');
  control.pragma('wal_checkpoint(TRUNCATE)');
  return { memberIds, remainingIn: filesWith(dataDir, [account.email, account.name]) };
}

function refuseLastAdmin(control: Database, userId: string): void {
  const alone = control
    .prepare<[string], { name: string }>(
      `SELECT w.name FROM members m JOIN workspaces w ON w.id = m.workspace_id
       WHERE m.user_id = ? AND m.role = 'admin' AND m.removed_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM members o WHERE o.workspace_id = m.workspace_id AND o.id <> m.id AND o.role = 'admin'
         AND o.removed_at IS NULL AND o.user_id IS NOT NULL)`,
    )
    .get(userId);
  if (alone !== undefined)
    throw new OperateProblem(`They are the only admin of “${alone.name}”. Make somebody else an admin first.`);
}
