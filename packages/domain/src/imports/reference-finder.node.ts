import { isUlid } from '@rapport/doc/ids';
import type { FieldValue } from '@rapport/schema/fields';
import type { CustomField } from '../custom-fields.ts';
import type { Query } from '../http/query.ts';
import type { ReadRow } from './read-rows.ts';

const tables: Readonly<Record<string, { readonly table: string; readonly name: string; readonly listed: string }>> = {
  company: { table: 'companies', name: 'name', listed: 'deleted_at IS NULL AND merged_into IS NULL' },
  contact: { table: 'contacts', name: 'name', listed: 'deleted_at IS NULL AND merged_into IS NULL' },
  deal: { table: 'deals', name: 'title', listed: 'deleted_at IS NULL' },
};

/**
 * Values of fields that link to a record: a name that one record alone has becomes its id, as far as the importer may see
 * it. A name that none or several have stays as text, for somebody to choose later.
 */
export function makeReferenceFinder(query: Query, custom: readonly CustomField[], prefix = '') {
  const fields = custom.flatMap(({ key, spec }) => {
    const place = spec.type === 'reference' && Object.hasOwn(tables, spec.noun) ? tables[spec.noun] : undefined;
    return place === undefined ? [] : [{ key: `${prefix}${key}`, place }];
  });
  const known = new Map<string, string>();
  const idOf = ({ table, name, listed }: (typeof fields)[number]['place'], text: string): string => {
    const key = `${table} ${text.toLowerCase()}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = query.all<{ id: string }>(
      `SELECT id FROM ${table} WHERE ${name} = ? COLLATE NOCASE AND ${listed} LIMIT 2`,
      [text.trim()],
    );
    const id = found.length === 1 ? (found[0]?.id ?? text) : text;
    known.set(key, id);
    return id;
  };
  return (read: ReadRow): ReadRow => {
    if (fields.length === 0) return read;
    const values: Record<string, FieldValue> = { ...read.values };
    for (const { key, place } of fields) {
      const value = values[key];
      if (typeof value === 'string' && !isUlid(value)) values[key] = idOf(place, value);
    }
    return { ...read, values };
  };
}
