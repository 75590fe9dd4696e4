import type { AuditAction, AuditDetail } from '@rapport/domain/audit/actions';
import type { Database } from 'better-sqlite3';

export interface AuditEntry {
  readonly workspaceId: string;
  /** A member's id; null when nobody is signed in, or the server itself did it. */
  readonly actor: string | null;
  readonly action: AuditAction;
  /** The API key through which it was done. */
  readonly agent?: string | undefined;
  /** The id of what it was done to: a member, key, invitation, board, team, import. */
  readonly target?: string | undefined;
  readonly detail?: AuditDetail | undefined;
}

export interface AuditLine {
  readonly id: string;
  readonly at: number;
  readonly actor: string | null;
  readonly agent: string | null;
  readonly action: AuditAction;
  readonly target: string | null;
  readonly detail: AuditDetail;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: AuditAction | undefined;
  /** Epoch ms, inclusive. */
  readonly from?: number | undefined;
  /** Epoch ms, exclusive. */
  readonly to?: number | undefined;
}

type Row = Omit<AuditLine, 'detail'> & { detail: string };

const where = `workspace_id = @workspaceId AND (@actor IS NULL OR actor = @actor) AND (@action IS NULL OR action = @action)
  AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to)`;

export type AuditLog = ReturnType<typeof makeAuditLog>;

/** The audit log of every workspace. The table itself refuses to change or delete a line (see migrations.ts). */
export function makeAuditLog({ database, newId, now }: { database: Database; newId: () => string; now: () => number }) {
  const insert = database.prepare(
    `INSERT INTO audit (id, at, workspace_id, actor, agent, action, target, detail)
     VALUES (@id, @at, @workspaceId, @actor, @agent, @action, @target, @detail)`,
  );
  const page = database.prepare<[Record<string, unknown>], Row>(
    `SELECT id, at, actor, agent, action, target, detail FROM audit
     WHERE ${where} AND (@before IS NULL OR id < @before) ORDER BY id DESC LIMIT @limit`,
  );
  const count = database
    .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM audit WHERE ${where}`)
    .pluck();
  const paramsOf = (workspaceId: string, { actor, action, from, to }: AuditFilter) => ({
    workspaceId,
    actor: actor ?? null,
    action: action ?? null,
    from: from ?? null,
    to: to ?? null,
  });

  const record = ({ workspaceId, actor, action, agent, target, detail = {} }: AuditEntry): void => {
    insert.run({
      id: newId(),
      at: now(),
      workspaceId,
      actor,
      action,
      agent: agent ?? null,
      target: target ?? null,
      detail: JSON.stringify(detail),
    });
  };

  return {
    /** Adds a line. Throws when it cannot be written: what cannot be told of should not look done. */
    record,

    /** A change in the control database and its line, both or neither. Without an entry nothing is told. */
    together<T>(change: () => T, entryOf: (outcome: T) => AuditEntry | null): T {
      return database.transaction(() => {
        const outcome = change();
        const entry = entryOf(outcome);
        if (entry !== null) record(entry);
        return outcome;
      })();
    },

    /** Newest first; `before` is the id of the last line that was read. */
    list(
      workspaceId: string,
      filter: AuditFilter,
      { limit, before }: { limit: number; before?: string | undefined },
    ): AuditLine[] {
      return page
        .all({ ...paramsOf(workspaceId, filter), before: before ?? null, limit })
        .map((row) => ({ ...row, detail: JSON.parse(row.detail) as AuditDetail }));
    },

    count: (workspaceId: string, filter: AuditFilter): number => count.get(paramsOf(workspaceId, filter)) ?? 0,
  };
}
