import type { Query } from '../http/workspace-context.node.ts';

/** Names of the companies and contacts that a board's deals are linked to, by id. */
export function referenceNames(query: Query, boardId: string): Record<string, string> {
  const rows = query.all<{ id: string; name: string }>(
    `SELECT r.id, r.name FROM companies r WHERE r.id IN (SELECT company FROM deals WHERE board_id = ?)
     UNION ALL SELECT r.id, r.name FROM contacts r WHERE r.id IN (SELECT contact FROM deals WHERE board_id = ?)`,
    [boardId, boardId],
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
