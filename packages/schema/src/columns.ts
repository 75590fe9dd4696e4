import type { FieldSpec, Money, Planned } from './fields.ts';

export type ColumnValue = string | number | null;

const snakes = new Map<string, string>();

/** Kept per key: every row of every edit asks. Keys come from specs, so they are few. */
function snake(key: string): string {
  let name = snakes.get(key);
  if (name === undefined) {
    name = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakes.set(key, name);
  }
  return name;
}

/** SQL columns of a field: name → SQLite type. Money and planned steps take two. */
export function columnsOf(key: string, spec: FieldSpec): Readonly<Record<string, 'TEXT' | 'INTEGER' | 'REAL'>> {
  const name = snake(key);
  switch (spec.type) {
    case 'money':
      return { [`${name}_minor`]: 'INTEGER', [`${name}_currency`]: 'TEXT' };
    case 'planned':
      return { [`${name}_what`]: 'TEXT', [`${name}_due`]: 'TEXT' };
    case 'number':
      return { [name]: 'REAL' };
    case 'instant':
    case 'checkbox':
      return { [name]: 'INTEGER' };
    default:
      return { [name]: 'TEXT' };
  }
}

/** A field's value as its columns; lists are JSON arrays, check boxes 0 or 1. */
export function columnValues(key: string, spec: FieldSpec, value: unknown): Readonly<Record<string, ColumnValue>> {
  const name = snake(key);
  switch (spec.type) {
    case 'money': {
      const amount = value as Money | null;
      return { [`${name}_minor`]: amount?.minor ?? null, [`${name}_currency`]: amount?.currency ?? null };
    }
    case 'planned': {
      const step = value as Planned | null;
      return { [`${name}_what`]: step?.what ?? null, [`${name}_due`]: step?.due ?? null };
    }
    case 'multiSelect':
      return { [name]: value === null ? null : JSON.stringify(value) };
    case 'checkbox':
      return { [name]: value === null ? null : Number(value) };
    default:
      return { [name]: value as ColumnValue };
  }
}
