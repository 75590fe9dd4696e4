import { roles } from '@rapport/domain/people/roles';
import type { Database } from 'better-sqlite3';
import * as v from 'valibot';

/** An API key as it travels: what it was, never what it is proved by. */
export const keyLine = v.object({
  id: v.string(),
  name: v.string(),
  role: v.picklist(roles),
  member: v.string(),
  createdAt: v.number(),
  lastUsedAt: v.nullable(v.number()),
  revokedAt: v.nullable(v.number()),
});
export type KeyLine = v.InferOutput<typeof keyLine>;

/** A line of the audit log. `detail` has ids, roles, counts and choices. */
export const auditLine = v.object({
  id: v.pipe(v.string(), v.maxLength(64)),
  at: v.number(),
  actor: v.nullable(v.string()),
  agent: v.nullable(v.string()),
  action: v.pipe(v.string(), v.maxLength(64)),
  target: v.nullable(v.string()),
  detail: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
});
export type AuditLine = v.InferOutput<typeof auditLine>;

/** What the control database knows of a workspace besides its people. */
export interface ControlParts {
  readonly keys: readonly KeyLine[];
  /** Oldest first. */
  readonly audit: Iterable<AuditLine>;
}

const linesPerRead = 500;

/** Reads it as it is now; lines that are added while they are read are left out. */
export function controlParts(control: Database, workspaceId: string): ControlParts {
  const keys = control
    .prepare<[string], KeyLine>(
      `SELECT id, name, role, member_id AS member, created_at AS createdAt, last_used_at AS lastUsedAt,
         revoked_at AS revokedAt FROM api_keys WHERE workspace_id = ? ORDER BY id`,
    )
    .all(workspaceId);
  const last = control
    .prepare<[string], string | null>('SELECT max(id) FROM audit WHERE workspace_id = ?')
    .pluck()
    .get(workspaceId);
  return { keys, audit: last == null ? [] : auditUpTo(control, workspaceId, last) };
}

/** In pages: the connection is the server's own, and cannot do anything else while a statement is stepped through. */
function* auditUpTo(control: Database, workspaceId: string, last: string): Generator<AuditLine> {
  const page = control.prepare<[string, string, string], Omit<AuditLine, 'detail'> & { detail: string }>(
    `SELECT id, at, actor, agent, action, target, detail FROM audit
     WHERE workspace_id = ? AND id > ? AND id <= ? ORDER BY id LIMIT ${linesPerRead}`,
  );
  for (let after = ''; ;) {
    const rows = page.all(workspaceId, after, last);
    for (const row of rows) yield { ...row, detail: JSON.parse(row.detail) as AuditLine['detail'] };
    const end = rows.at(-1);
    if (end === undefined || rows.length < linesPerRead) return;
    after = end.id;
  }
}

/**
 * Puts it into the control database of another installation, where the workspace and its people are known. Keys come
 * revoked, since nobody has them: so the lines that name them can be read. What is there already stays.
 */
export async function putControlParts(
  control: Database,
  workspaceId: string,
  parts: { readonly keys: readonly KeyLine[]; readonly audit: AsyncIterable<AuditLine> },
  now: number,
): Promise<void> {
  const putKey = control.prepare(
    `INSERT OR IGNORE INTO api_keys (id, workspace_id, key_hash, name, role, member_id, created_at, last_used_at, revoked_at)
     SELECT @id, @workspaceId, @noKey, @name, @role, @member, @createdAt, @lastUsedAt, @revokedAt
     WHERE EXISTS (SELECT 1 FROM members WHERE id = @member AND workspace_id = @workspaceId)`,
  );
  for (const key of parts.keys)
    // No text has this hash.
    putKey.run({ ...key, workspaceId, noKey: `came without its key ${key.id}`, revokedAt: key.revokedAt ?? now });
  const putLine = control.prepare(
    `INSERT OR IGNORE INTO audit (id, at, workspace_id, actor, agent, action, target, detail)
     VALUES (@id, @at, @workspaceId, @actor, @agent, @action, @target, @detail)`,
  );
  const putLines = control.transaction((lines: readonly AuditLine[]) => {
    for (const line of lines) putLine.run({ ...line, workspaceId, detail: JSON.stringify(line.detail) });
  });
  let lines: AuditLine[] = [];
  for await (const line of parts.audit) {
    lines.push(line);
    if (lines.length < linesPerRead) continue;
    putLines(lines);
    lines = [];
  }
  putLines(lines);
}
