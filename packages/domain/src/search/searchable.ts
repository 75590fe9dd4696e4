/** A column whose text is searched. */
export interface SearchedColumn {
  /** The field's key, as the hit names it. */
  readonly field: string;
  readonly column: string;
  /** JSON of a list, or of an object whose keys are fields of their own: every text in it is searched. */
  readonly isJson?: boolean;
}

/** Texts of a record that stand in rows of another table, e.g. its e-mail addresses. */
export interface SearchedRows {
  readonly table: string;
  /** Column with the record's id. */
  readonly record: string;
  readonly field: string;
  readonly column: string;
  /** SQL on the row: which rows count. All when left out. */
  readonly where?: string;
}

/** Records that one is linked to (rows of `record_links` from it), whose names are searched: a deal's company. */
export interface SearchedLinks {
  readonly field: string;
  readonly table: string;
  readonly id: string;
  readonly name: string;
}

/**
 * How a noun's records are found: data only, declared beside its read model and listed in the server's `searchables.ts`.
 * Names are the product's own, never a person's text.
 */
export interface Searchable {
  /** As activity names it, e.g. `deal`. */
  readonly noun: string;
  readonly table: string;
  /** The primary key's column. */
  readonly id: string;
  readonly title: string;
  /** Beside the title. */
  readonly columns: readonly SearchedColumn[];
  readonly rows?: readonly SearchedRows[];
  readonly links?: readonly SearchedLinks[];
  /** Column with the id of what the record lies in (a deal's board, a note's folder), for whoever opens it. */
  readonly parent?: string;
  /** SQL on the row: whether it can be found. */
  readonly isFound?: string;
}

/** The tables whose changes concern the index. */
export const searchedTables = (searchables: readonly Searchable[]): ReadonlySet<string> =>
  new Set(
    searchables.flatMap(({ table, rows = [], links = [] }) => [
      table,
      ...rows.map((each) => each.table),
      ...links.flatMap((each) => ['record_links', each.table]),
    ]),
  );
