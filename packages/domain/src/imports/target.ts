import type { FieldSpec } from '@rapport/schema/fields';
import type { PointColumn } from './points.ts';

/** A field that a column of a file can go to: its spec, and what other programs call it (English and German). */
export interface ImportField {
  readonly spec: FieldSpec;
  readonly synonyms: readonly string[];
  /** It is one of several ways to reach the record; several columns may go to it. */
  readonly point?: PointColumn;
  /** Its options are the program's own: a value is one of them, by its name, or cannot be read. */
  readonly isFixed?: true;
}

export type ImportFields = Readonly<Record<string, ImportField>>;

/** Types of fields that an import may make of a column that has none yet. */
export const makeableTypes = ['text', 'select', 'number', 'date'] as const;
export type MakeableType = (typeof makeableTypes)[number];

/** A field to be made of a column. */
export interface MakeField {
  readonly make: MakeableType;
  /** The column's name when left out. */
  readonly label?: string | undefined;
}

/** Where a column goes: a field's key, a field to be made, or nowhere. */
export type ColumnTarget = string | MakeField | null;

/** Why a row is left out. `field` is the column's name as the file has it, '' when it is the row as a whole. */
export interface RowError {
  readonly row: number;
  readonly field: string;
  readonly message: string;
}

/** A column that can be read in more than one way; answered by `formats` of the options. */
export interface FormatQuestion {
  readonly column: string;
  readonly field: string;
  /** A value of the file that the readings disagree about. */
  readonly example: string;
  readonly options: readonly { readonly format: string; readonly label: string }[];
}
