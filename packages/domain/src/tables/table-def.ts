import type { FieldSpec, FieldSpecs } from '@rapport/schema/fields';

/** A column of a noun's table. */
export interface TableColumnDef {
  readonly key: string;
  readonly spec: FieldSpec;
  /** SQL on the row, which is called `t`; by default the columns of the field itself. Only of fields of one column. */
  readonly sql?: string;
  /** Whether a person may type into it. */
  readonly isEditable: boolean;
  /** Of a reference: text that names no record is kept as it is. */
  readonly takesNames?: boolean;
  /** Of a reference to a row of the same table that this one is a part of: none is a part of itself. */
  readonly isAbove?: boolean;
  /** SQL of the values (as `name`) that one row, whose id is bound, can have: a list to pick from. */
  readonly choices?: string;
  /** Never NULL, so that an index in its order can be walked. */
  readonly isNeverEmpty?: boolean;
}

/** How a noun is shown as a table: data only, declared beside its read model and listed in the server's `tables.ts`. Names are the product's own. */
export interface TableDef {
  /** As activity names it. */
  readonly noun: string;
  /** Its path below `/tables`, and what the person calls several. */
  readonly plural: string;
  /** Its table; rows have `id`, `doc` and, of custom fields, `custom`. */
  readonly table: string;
  /** SQL on the row `t`: whether it is in the table at all. */
  readonly isListed: string;
  /** Key of the column that names a row. */
  readonly title: string;
  readonly columns: readonly TableColumnDef[];
  /** Keys that are shown until somebody chooses. */
  readonly shown: readonly string[];
  /** Keys that the search field looks in. */
  readonly searched: readonly string[];
  /** Tables whose changes may change what is shown. */
  readonly follows: readonly string[];
  /** Fields of the document that show in a column of another key, by the field: what a race of them is about. */
  readonly raceColumns?: Readonly<Record<string, string>>;
  /** SQL of the words for a raced value of such a field: `:value` is its JSON, the row is `t`. */
  readonly raceTexts?: Readonly<Record<string, string>>;
  /**
   * Where the records that references name are found, by noun: a table with `id`, its column with what they are called,
   * and SQL on its row `t`: which of them can be chosen.
   */
  readonly names: Readonly<
    Record<string, { readonly table: string; readonly name: string; readonly isListed?: string }>
  >;
}

/** A table with the workspace's own fields behind the others. */
export function withCustom(def: TableDef, custom: FieldSpecs): TableDef {
  const own = new Set(def.columns.map(({ key }) => key));
  const columns = Object.entries(custom)
    .filter(([key]) => !own.has(key) && /^[a-z][a-zA-Z0-9_]{0,62}$/.test(key))
    .map(([key, spec]): TableColumnDef => ({
      key,
      spec,
      sql: `json_extract(t.custom, '$.${key}')`,
      isEditable: true,
    }));
  return { ...def, columns: [...def.columns, ...columns] };
}

export const columnOf = (def: TableDef, key: string): TableColumnDef | undefined =>
  def.columns.find((column) => column.key === key);
