import type { ShareableTable } from '@rapport/domain/access/row-owners';
import type { Query } from '@rapport/domain/http/workspace-context.node';
import type { Database } from 'better-sqlite3';

/** What the ids of an audit line are called now. A thing that is gone for good has no name any more. */
export interface AuditNames {
  /** A member, key, invitation, team, or whatever can be shared; null when the id is unknown. */
  of(id: string | null): string | null;
}

/** Looks names up for one reply; each id once. Names are not in the log itself, so that a person can be erased. */
export function makeAuditNames(
  database: Database,
  workspaceId: string,
  everyRow: Query,
  shareable: readonly ShareableTable[],
): AuditNames {
  const inControl = database
    .prepare<[Record<string, string>], string | null>(
      `SELECT name FROM members WHERE workspace_id = @workspaceId AND id = @id
       UNION ALL SELECT name FROM api_keys WHERE workspace_id = @workspaceId AND id = @id
       UNION ALL SELECT email FROM invitations WHERE workspace_id = @workspaceId AND id = @id
       UNION ALL SELECT name FROM workspaces WHERE id = @workspaceId AND id = @id LIMIT 1`,
    )
    .pluck();
  const known = new Map<string, string | null>();
  const inTables = (id: string): string | undefined => {
    for (const { table, name } of shareable) {
      const row = everyRow.get<{ name: string }>(`SELECT ${name} AS name FROM ${table} WHERE id = ?`, [id]);
      if (row !== undefined) return row.name;
    }
    return undefined;
  };
  const look = (id: string): string | null =>
    inControl.get({ workspaceId, id }) ??
    inTables(id) ??
    everyRow.get<{ name: string }>('SELECT name FROM access_teams WHERE id = ?', [id])?.name ??
    null;
  return {
    of(id) {
      if (id === null) return null;
      if (!known.has(id)) known.set(id, look(id));
      return known.get(id) ?? null;
    },
  };
}
