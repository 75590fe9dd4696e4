import type { Query } from '../http/query.ts';

/** What the records at the other ends of links are called; without those that the caller may not open. */
export function namesOf(
  query: Pick<Query, 'all'>,
  ids: readonly string[],
): ReadonlyMap<string, { noun: string; name: string }> {
  const rows = query.all<{ id: string; noun: string; name: string }>(
    `WITH wanted AS (SELECT value AS id FROM json_each(?))
     SELECT id, 'contact' AS noun, name FROM contacts JOIN wanted USING (id) WHERE deleted_at IS NULL
     UNION ALL SELECT id, 'company', name FROM companies JOIN wanted USING (id) WHERE deleted_at IS NULL
     UNION ALL SELECT id, 'deal', title FROM deals JOIN wanted USING (id) WHERE deleted_at IS NULL`,
    [JSON.stringify(ids)],
  );
  return new Map(rows.map(({ id, noun, name }) => [id, { noun, name }]));
}
