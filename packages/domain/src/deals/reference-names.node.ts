import type { FieldSpecs } from '@rapport/schema/fields';
import type { Query } from '../http/workspace-context.node.ts';
import { namesOf } from '../records/names-of.ts';

/** Names of the records that a board's deals are linked to, or name in fields of the workspace's own, by id. */
export function referenceNames(query: Query, boardId: string, custom: FieldSpecs): Record<string, string> {
  const rows = query.all<{ id: string; name: string }>(
    `SELECT r.id, r.name FROM companies r WHERE r.id IN (SELECT company FROM deals WHERE board_id = ?)
     UNION ALL SELECT r.id, r.name FROM contacts r WHERE r.id IN (SELECT contact FROM deals WHERE board_id = ?)
     UNION SELECT r.id, r.name FROM record_links l JOIN deals d ON d.id = l.from_id JOIN contacts r ON r.id = l.to_id
       WHERE d.board_id = ? AND l.is_primary = 0
     UNION SELECT r.id, r.name FROM record_links l JOIN deals d ON d.id = l.from_id JOIN companies r ON r.id = l.to_id
       WHERE d.board_id = ? AND l.is_primary = 0`,
    [boardId, boardId, boardId, boardId],
  );
  const keys = Object.entries(custom).flatMap(([key, { type }]) => (type === 'reference' ? [key] : []));
  const named =
    keys.length === 0
      ? []
      : query.all<{ id: string }>(
          `SELECT DISTINCT each.value AS id FROM deals d, json_each(d.custom) each
           WHERE d.board_id = ? AND d.deleted_at IS NULL AND each.key IN (SELECT value FROM json_each(?))
             AND typeof(each.value) = 'text'`,
          [boardId, JSON.stringify(keys)],
        );
  const others = namesOf(
    query,
    named.map(({ id }) => id),
  );
  return Object.fromEntries([
    ...rows.map(({ id, name }) => [id, name]),
    ...[...others].map(([id, { name }]) => [id, name]),
  ]);
}
