import type { Json } from '@rapport/doc/json';
import { normalPoint } from '../records/point.ts';
import type { FileColumn } from './file-reading.ts';
import { nameKey } from './name-key.ts';
import type { RecordImport } from './record-import.ts';
import type { RecordDraft } from './record-noun.ts';

/** By what a row and a record are the same. `id` is how the caller named it. */
export type RecordKey =
  | { readonly by: 'name'; readonly withCompany: boolean; readonly id: string }
  /** A telephone number alone is that of a whole company: the name must be the same, too. */
  | { readonly by: 'point'; readonly kind: 'email' | 'phone'; readonly id: string }
  | { readonly by: 'field'; readonly field: string; readonly id: string };

export const nameAndCompany = 'name+company';

/** What a caller's `key` means: a way to reach somebody, a name, a field, or a column that goes to one. */
export function recordKeyOf(key: string, noun: RecordImport, columns: readonly FileColumn[]): RecordKey | null {
  if (key === 'email' || key === 'phone') return { by: 'point', kind: key, id: key };
  if (key === nameAndCompany) return { by: 'name', withCompany: noun.noun === 'contacts', id: key };
  const found = columns.find(({ column }) => column === key)?.key ?? columns.find((each) => each.key === key)?.key;
  const field = found ?? (key in noun.fields ? key : null);
  if (field === null || field.includes('.')) return null;
  const kind = noun.fields[field]?.point?.kind;
  if (kind === 'email' || kind === 'phone') return { by: 'point', kind, id: key };
  if (kind !== undefined) return null;
  return field === 'name' ? { by: 'name', withCompany: false, id: key } : { by: 'field', field, id: key };
}

export const textOf = (value: Json | undefined): string | null =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

/** A draft's name as it is compared. */
export const nameOf = ({ values }: { readonly values: Readonly<Record<string, Json>> }): string =>
  nameKey(
    ['firstName', 'lastName', 'name']
      .map((field) => textOf(values[field]) ?? '')
      .join(' ')
      .trim(),
  );

/** What a name and a company's name are compared by, together or the name alone. */
export const nameText = (name: string, company: string | null, withCompany: boolean): string =>
  withCompany ? `${name}\n${nameKey(company ?? '')}` : name;

/** Texts of a row under a key, each of which may be that of a record. */
export function keyTexts(key: RecordKey, draft: RecordDraft, company: string | null): string[] {
  switch (key.by) {
    case 'name': {
      const name = nameOf(draft);
      return name === '' ? [] : [nameText(name, company, key.withCompany)];
    }
    case 'point':
      return draft.points.flatMap((point) => {
        const normal = point.kind === key.kind ? normalPoint(point) : '';
        return normal === '' ? [] : [normal];
      });
    case 'field': {
      const text = textOf(draft.values[key.field]);
      return text === null || text === '' ? [] : [text];
    }
  }
}
