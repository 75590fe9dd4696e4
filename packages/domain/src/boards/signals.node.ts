import type { Query } from '../http/workspace-context.node.ts';
import type { CardType } from './card-type.ts';

/** What the log says of a card: since when it is in its stage, and the last touch by a person. */
interface SignalRow {
  readonly id: string;
  readonly stageSince: number;
  readonly touchedAt: number;
  readonly touchedBy: string | null;
  readonly touchedWhat: string;
}

/** What the log says of the cards on a board (not of its archives), by their ids. */
export function signalsOf(query: Query, boardId: string, { kind, tables }: CardType): Record<string, object> {
  const rows = query.all<SignalRow>(
    `SELECT d.id, coalesce((SELECT e.entered_at FROM ${tables.entries} e WHERE e.${tables.id} = d.id ORDER BY e.seq DESC LIMIT 1), d.created_at, 0) AS stageSince,
       coalesce(t.at, d.created_at, 0) AS touchedAt, t.actor AS touchedBy, coalesce(t.what, 'created') AS touchedWhat
     FROM ${kind} d LEFT JOIN ${tables.touches} t ON t.${tables.id} = d.id
     WHERE d.board_id = ? AND d.doc = 'board/' || d.board_id AND d.deleted_at IS NULL`,
    [boardId],
  );
  return Object.fromEntries(rows.map(({ id, ...signals }) => [id, signals]));
}
