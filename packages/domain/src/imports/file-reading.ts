import type { FieldSpec, SelectOption } from '@rapport/schema/fields';
import type { DescribedColumn, LookRow } from './describe-import.ts';
import type { ImportOptions } from './options.ts';
import type { ReadRow } from './read-rows.ts';
import type { SheetError, SheetProblem } from './sheet.ts';
import type { Spellings } from './spellings.ts';
import type { FormatQuestion, ImportFields, MakeableType, RowError } from './target.ts';

/** How the columns of a file are to be understood. Plain data: a file may be read on a thread of its own. */
export interface ReadSetting {
  readonly fields: ImportFields;
  /** Keys that a field made by the import must not have. */
  readonly takenKeys: readonly string[];
  /** No column becomes a new field. */
  readonly makesNone?: true;
  /** Of amounts whose row names no currency. */
  readonly currency: string;
  readonly options: Pick<
    ImportOptions,
    'mapping' | 'formats' | 'aliases' | 'edits' | 'skip' | 'sheet' | 'encoding' | 'delimiter' | 'hasHeader' | 'currency'
  >;
}

/** A column that goes somewhere and can be read. */
export interface FileColumn {
  readonly column: string;
  readonly key: string;
  readonly spec: FieldSpec;
}

/** A field that the import makes of a column. */
export interface FieldToMake {
  readonly column: string;
  readonly key: string;
  readonly type: MakeableType;
  readonly label: string;
  /** Of a choice: the values of the column, other spellings merged. */
  readonly options: readonly SelectOption[];
}

/** A file whose columns are understood. */
export interface FileAbout {
  readonly kind: 'csv' | 'xlsx' | 'vcard';
  readonly rows: number;
  /** Of text files. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly headerRow: number | null;
  readonly problems: readonly SheetProblem[];
  /** Names of a spreadsheet's sheets, and the one that is read. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  readonly columns: readonly FileColumn[];
  readonly makes: readonly FieldToMake[];
  readonly questions: readonly FormatQuestion[];
  /** What is wrong with the options, by option and name. */
  readonly wrong: Readonly<Record<string, string>>;
}

/** Some rows of a file, in their order. Rows with an error in a cell are not among `rows`. */
export interface FilePage {
  readonly rows: readonly ReadRow[];
  readonly errors: readonly RowError[];
}

export interface DescribedFile {
  readonly columns: readonly DescribedColumn[];
  readonly looks: readonly LookRow[];
  readonly spellings: readonly Spellings[];
}

/** What a description is made with beside the file itself. */
export interface DescribeWith {
  readonly errors: readonly RowError[];
  /** Values that the workspace knows, by field. */
  readonly known: Readonly<Record<string, readonly string[]>>;
}

/** An opened file. */
export interface FileReading {
  readonly about: FileAbout;
  /** Null past the end. */
  page(nth: number): Promise<FilePage | null>;
  describe(more: DescribeWith): Promise<DescribedFile>;
  /** Lets go of the file; nothing can be asked of it afterwards. */
  close(): void;
}

export type OpenedFile =
  | { readonly ok: true; readonly value: FileReading }
  | { readonly ok: false; readonly error: Pick<SheetError, 'message'> & { readonly code: string } };

/** The pages of a file, in order. */
export async function* pagesOf(file: FileReading): AsyncGenerator<FilePage> {
  for (let nth = 0; ; nth++) {
    const page = await file.page(nth);
    if (page === null) return;
    yield page;
  }
}
