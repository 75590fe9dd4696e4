/** A file as rows and columns, before anybody knows what they mean. */
export interface Sheet {
  /** One name a column, made unique: `Name`, `Name (2)`, `Column 3`. */
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
  /** Rows that are not as the header says: reported, not fatal. */
  readonly problems: readonly SheetProblem[];
  readonly delimiter: string;
  /** Row of the header as a spreadsheet numbers it, or null when the file has none. */
  readonly headerRow: number | null;
}

export interface SheetRow {
  /** As a spreadsheet numbers it: the first row of the file is 1, a quoted line break does not count. */
  readonly row: number;
  /** As many as there are columns, trimmed; '' where empty. */
  readonly cells: readonly string[];
}

export interface SheetProblem {
  readonly row: number;
  readonly message: string;
}

export interface SheetError {
  readonly code:
    | 'empty-file'
    | 'too-many-rows'
    | 'too-many-columns'
    | 'too-large'
    | 'open-quote'
    | 'not-a-table'
    | 'no-such-sheet';
  readonly message: string;
}

/** What an import takes at most; the size in bytes is the server's LIMIT_UPLOAD_BYTES. */
export const sheetLimits = { rows: 200_000, columns: 300 } as const;

const problemsKept = 200;
const looksLikeData = /^[-+(]?[€$£¥]?\s?\d[\d\s.,:/'-]*%?\)?$|^\S+@\S+\.\S+$|^https?:\/\//;

/** Names for columns: the header's cells, unique, with a name for those that have none. */
function columnNames(header: readonly string[], width: number): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    const base = (header[index] ?? '').replaceAll(/\s+/g, ' ').slice(0, 200) || `Column ${index + 1}`;
    let name = base;
    for (let copy = 2; taken.has(name); copy++) name = `${base} (${copy})`;
    taken.add(name);
    return name;
  });
}

/**
 * Whether a row is a header: nothing in it looks like data. (A file whose columns all hold words and that has no header
 * cannot be told from one that has; `hasHeader` of the options says so.)
 */
const isHeader = (cells: readonly string[]): boolean => !cells.some((cell) => looksLikeData.test(cell));

type Made = { ok: true; value: Sheet } | { ok: false; error: SheetError };
const fail = (code: SheetError['code'], message: string): Made => ({ ok: false, error: { code, message } });

function tooLarge(rows: number, columns: number): Made | null {
  if (rows > sheetLimits.rows)
    return fail(
      'too-many-rows',
      `Not imported. The file has ${rows} rows; ${sheetLimits.rows} fit into one import. Split the file.`,
    );
  if (columns > sheetLimits.columns)
    return fail(
      'too-many-columns',
      `Not imported. The file has ${columns} columns; ${sheetLimits.columns} fit into one import.`,
    );
  return null;
}

/** A table whose columns have names of their own already, e.g. of vCards. Rows without a value are left out. */
export function headedSheet(
  columns: readonly string[],
  rows: readonly { row: number; cells: readonly (string | undefined)[] }[],
  problems: readonly SheetProblem[],
): Made {
  const large = tooLarge(rows.length, columns.length);
  if (large) return large;
  const filled = rows.flatMap(({ row, cells }) =>
    cells.some((cell) => cell !== undefined && cell !== '')
      ? [{ row, cells: columns.map((_, index) => cells[index]?.trim() ?? '') }]
      : [],
  );
  if (filled.length === 0) return fail('empty-file', 'Not imported. The file has nothing that can be read.');
  const kept = problems.slice(0, problemsKept);
  return { ok: true, value: { columns, rows: filled, problems: kept, delimiter: '', headerRow: null } };
}

/** Gives raw records (from a CSV parser, or any other source) their header, their row numbers and their problems. */
export function makeSheet(records: readonly (readonly string[])[], delimiter: string, hasHeader?: boolean): Made {
  const numbered: SheetRow[] = [];
  for (const [index, record] of records.entries()) {
    const cells = record.map((cell) => cell.trim());
    while (cells.at(-1) === '') cells.pop();
    if (cells.length > 0) numbered.push({ row: index + 1, cells });
  }
  // Some exports begin with a title or two above the table.
  const widest = numbered.slice(0, 20).reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const tableAt = widest >= 3 ? numbered.findIndex(({ cells }) => cells.length > 1) : 0;
  const table = numbered.slice(Math.max(0, tableAt));
  const [first] = table;
  if (!first) return fail('empty-file', 'Not imported. The file has no rows.');
  const headed = hasHeader ?? isHeader(first.cells);
  const body = headed ? table.slice(1) : table;
  const width = headed ? first.cells.length : widest;
  const large = tooLarge(body.length, width);
  if (large) return large;
  const problems: SheetProblem[] = [];
  const rows = body.map(({ row, cells }): SheetRow => {
    if (cells.length > width && problems.length < problemsKept)
      problems.push({
        row,
        message: `has ${cells.length - width} more ${cells.length - width === 1 ? 'value' : 'values'} than the header has columns: ${cells
          .slice(width)
          .map((cell) => `“${cell.slice(0, 40)}”`)
          .join(', ')
          .slice(0, 300)}`,
      });
    return { row, cells: Array.from({ length: width }, (_, index) => cells[index] ?? '') };
  });
  const columns = columnNames(headed ? first.cells : [], width);
  return { ok: true, value: { columns, rows, problems, delimiter, headerRow: headed ? first.row : null } };
}
