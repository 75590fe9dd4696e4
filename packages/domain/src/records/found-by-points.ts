import type { ComparedTexts } from '../duplicates/compared-records.ts';
import type { SearchedRows } from '../search/searchable.ts';
import type { PointKind } from './point.ts';

const where = (noun: string, kind: PointKind) => `noun = '${noun}' AND kind = '${kind}'`;
const textsOf = (noun: string, kind: PointKind) =>
  `SELECT record, value AS text FROM contact_points WHERE ${where(noun, kind)}`;

/** SQL on a record's row: whether it is there, and not only an older name of another. */
export const isHereSql = 'deleted_at IS NULL AND merged_into IS NULL';

/** A record's e-mail addresses, phone numbers and addresses, as the search looks in them. */
export const searchedPoints = (noun: string): readonly SearchedRows[] =>
  (['email', 'phone', 'address'] as const).map((kind) => ({
    table: 'contact_points',
    record: 'record',
    field: kind,
    column: kind === 'address' ? 'normal' : 'value',
    where: where(noun, kind),
  }));

/** The same, as records are compared by them. */
export const comparedPoints = (noun: string): readonly ComparedTexts[] => [
  { as: 'emails', sql: textsOf(noun, 'email') },
  { as: 'phones', sql: textsOf(noun, 'phone') },
  { as: 'addresses', sql: textsOf(noun, 'address'), isJson: true },
];
