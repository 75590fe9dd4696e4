import type { Database } from 'better-sqlite3';
import type { AuditLog } from '../../control/audit.ts';

/**
 * Writes down that text was erased, never which: ids and counts. Replies that are kept for a day for requests that are
 * repeated may have the text, so they go.
 */
export function noteErasure(
  control: Database,
  audit: AuditLog,
  done: {
    readonly workspaceId: string;
    /** Null: by command. */
    readonly by: { readonly memberId: string; readonly agent?: string } | null;
    readonly documents: number;
    readonly records: readonly string[];
  },
): void {
  const { workspaceId, by, documents, records } = done;
  control.pragma('secure_delete = ON');
  control.prepare('DELETE FROM idempotency').run();
  control.pragma('wal_checkpoint(TRUNCATE)');
  const about = { workspaceId, actor: by?.memberId ?? null, agent: by?.agent, action: 'person-erased' } as const;
  for (const target of records.length === 0 ? [undefined] : records)
    audit.record({ ...about, target, detail: { documents } });
}
