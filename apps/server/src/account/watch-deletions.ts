import type { Commit, Hub } from '@rapport/sync/server/ports';
import type { AuditLog } from '../control/audit.ts';

/** Deletions by one person within this time count as one. */
const windowMs = 10_000;
/** So many are worth a line in the audit log; each is in the activity feed in any case. */
const many = 10;

interface Deps {
  readonly workspaceId: string;
  readonly hub: Pick<Hub, 'onCommit'>;
  readonly audit: Pick<AuditLog, 'record'>;
  readonly onProblem: (error: unknown) => void;
}

/** Tells the audit log when somebody deletes many deals at once, on whatever way. Answers how to stop watching. */
export function watchDeletions({ workspaceId, hub, audit, onProblem }: Deps): () => void {
  const counts = new Map<string, { deals: number; timer: NodeJS.Timeout }>();
  const tell = (actor: string) => {
    const entry = counts.get(actor);
    counts.delete(actor);
    clearTimeout(entry?.timer);
    if (entry === undefined || entry.deals < many) return;
    try {
      audit.record({ workspaceId, actor, action: 'deals-deleted', detail: { deals: entry.deals } });
    } catch (error) {
      onProblem(error);
    }
  };
  const stop = hub.onCommit(({ writes }: Commit) => {
    for (const { table, row } of writes) {
      const actor = row?.['actor'];
      if (table !== 'activity' || typeof actor !== 'string' || actor === 'server') continue;
      if (row?.['kind'] !== 'deleted' && row?.['kind'] !== 'removed') continue;
      const entry = counts.get(actor) ?? { deals: 0, timer: setTimeout(tell, windowMs, actor) };
      entry.deals += 1;
      counts.set(actor, entry);
    }
  });
  return () => {
    stop();
    for (const actor of counts.keys()) tell(actor);
  };
}
