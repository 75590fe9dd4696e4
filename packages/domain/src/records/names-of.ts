import { survivorSql, type Mergeable } from './survivor-sql.ts';
import type { Query } from '../http/query.ts';

/** Of one that was merged, what the one is called that is left. */
const nameSql = (noun: string, table: Mergeable): string =>
  `SELECT r.id, '${noun}' AS noun, coalesce((SELECT m.name FROM ${table} m WHERE m.id = ${survivorSql('r.id', table)}), r.name) AS name
   FROM ${table} r JOIN wanted USING (id) WHERE r.deleted_at IS NULL`;

/** What the records at the other ends of links are called; without those that the caller may not open. */
export function namesOf(
  query: Pick<Query, 'all'>,
  ids: readonly string[],
): ReadonlyMap<string, { noun: string; name: string }> {
  const rows = query.all<{ id: string; noun: string; name: string }>(
    `WITH wanted AS (SELECT value AS id FROM json_each(?))
     ${nameSql('contact', 'contacts')} UNION ALL ${nameSql('company', 'companies')}
     UNION ALL SELECT id, 'deal', title FROM deals JOIN wanted USING (id) WHERE deleted_at IS NULL`,
    [JSON.stringify(ids)],
  );
  return new Map(rows.map(({ id, noun, name }) => [id, { noun, name }]));
}
