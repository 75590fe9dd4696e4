import type { Query } from '../http/workspace-context.node.ts';

const tables = ['contacts', 'companies'] as const;

/** Finds the few rows that went into others. */
export const mergedIndexes: readonly string[] = tables.map(
  (table) => `CREATE INDEX ${table}_by_merge ON ${table} (merged_into) WHERE merged_into IS NOT NULL`,
);

const step = (table: string): string =>
  `SELECT r.id FROM ${table} r JOIN merged m ON r.merged_into = m.id WHERE r.merged_into IS NOT NULL`;
const sql = `WITH RECURSIVE merged (id) AS (SELECT ? UNION ${tables.map(step).join(' UNION ')})
  SELECT id FROM merged LIMIT 500`;

/** The records that went into one, directly or by others, and itself: whose past is its past, as far as the caller may see. */
export const withMerged = (query: Query, id: string): string[] =>
  query.all<{ id: string }>(sql, [id]).map((row) => row.id);
