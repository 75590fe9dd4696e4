import { survivorSql } from './survivor-sql.ts';

/** Whether a column holds a record's id (a ULID) rather than a name that somebody typed or imported. */
const isIdSql = (column: string): string => `length(${column}) = 26 AND ${column} NOT GLOB '*[^0-9A-HJKMNP-TV-Z]*'`;

/**
 * SQL for what stands in a column that names a company or contact: of an id the record's name as it is now, of text that
 * text. Of a record that the reader may not open, only that there is one.
 */
export function referenceNameSql(column: string, noun: 'company' | 'contact'): string {
  const table = noun === 'company' ? 'companies' : 'contacts';
  return `CASE WHEN ${isIdSql(column)} THEN coalesce((SELECT coalesce((SELECT m.name FROM ${table} m WHERE m.id = ${survivorSql('r.id', table)}), r.name)
    FROM ${table} r WHERE r.id = ${column}), 'A ${noun}') ELSE ${column} END`;
}
