import type { FieldValue } from '@rapport/schema/fields';
import type { TableColumnDef } from './table-def.ts';

/** What the API answers about a table. */

export interface TableColumn extends Pick<TableColumnDef, 'key' | 'spec' | 'isEditable'> {
  /** What it can be depends on the row, as the stages of a deal do. */
  readonly isChosen?: boolean;
  /** Of a reference: text that names no record is kept as it is. */
  readonly takesNames?: boolean;
}

export interface TableShape {
  readonly noun: string;
  /** Key of the column that names a row. */
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly shown: readonly string[];
  /** Tables of the read model whose changes may change it. */
  readonly follows: readonly string[];
}

/** Two values that people set in one cell, neither having seen the other's: `kept` shows. People are member ids. */
export interface CellRace {
  readonly id: string;
  readonly kept: FieldValue | null;
  readonly keptBy: string;
  readonly other: FieldValue | null;
  readonly otherBy: string;
}

/** A row: values by key, null where empty. */
export interface TableRow {
  readonly id: string;
  readonly doc: string;
  readonly values: Readonly<Record<string, FieldValue | null>>;
  /** By key; left out where there is none. */
  readonly races?: Readonly<Record<string, CellRace>>;
}

export interface Rows {
  readonly items: readonly TableRow[];
  /** What records are called that values of `items` refer to, by id. */
  readonly names: Readonly<Record<string, string>>;
}

/** A column over many rows. Sums are by currency; of plain numbers the currency is ''. */
export interface Aggregate {
  readonly filled: number;
  readonly sums: Readonly<Record<string, { readonly sum: number; readonly count: number }>>;
}

export interface Group {
  /** What its rows have in common; null: nothing there. */
  readonly value: string | number | null;
  readonly count: number;
  readonly sums: Readonly<Record<string, Aggregate['sums']>>;
}

export interface Summary {
  readonly total: number;
  readonly columns: Readonly<Record<string, Aggregate>>;
  readonly groups: readonly Group[] | null;
  readonly names: Readonly<Record<string, string>>;
}
