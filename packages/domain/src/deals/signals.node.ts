import type { Query } from '../http/workspace-context.node.ts';
import type { DealSignals } from './query.ts';

/** What the log says of the deals on a board (not of its archives), by deal id. */
export function signalsOf(query: Query, boardId: string): Record<string, DealSignals> {
  const rows = query.all<DealSignals & { id: string }>(
    `SELECT d.id, coalesce((SELECT e.entered_at FROM stage_entries e WHERE e.deal_id = d.id ORDER BY e.seq DESC LIMIT 1), d.created_at, 0) AS stageSince,
       coalesce(t.at, d.created_at, 0) AS touchedAt, t.actor AS touchedBy, coalesce(t.what, 'created') AS touchedWhat
     FROM deals d LEFT JOIN deal_touches t ON t.deal_id = d.id WHERE d.board_id = ? AND d.doc = 'board/' || d.board_id AND d.deleted_at IS NULL`,
    [boardId],
  );
  return Object.fromEntries(rows.map(({ id, ...signals }) => [id, signals]));
}
