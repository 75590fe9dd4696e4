import { describeColumns, describeLooks, describeSpellings } from './describe-import.ts';
import type { DescribeWith, FileAbout, FilePage, OpenedFile, ReadSetting } from './file-reading.ts';
import { openSheet } from './open-sheet.node.ts';
import { prepare, type Prepared } from './prepare.ts';
import { readRow } from './read-rows.ts';
import { rowCurrency } from './row-currency.ts';
import type { RowError } from './target.ts';

/** Rows of a page: few enough that handing them over takes about a millisecond. */
export const pageRows = 250;

/** A row's cells with what a person corrected in them. */
function edited(prepared: Prepared, cells: readonly string[], edits: Readonly<Record<string, string>> | undefined) {
  if (!edits) return cells;
  return prepared.sheet.columns.map((column, index) =>
    Object.hasOwn(edits, column) ? (edits[column] ?? '').trim() : (cells[index] ?? ''),
  );
}

/** Distinct values of a column, other spellings merged, as options of a new field. */
function choices(prepared: Prepared, column: string): { id: string; label: string }[] {
  const found = prepared.columns.find(({ profile }) => profile.column === column);
  if (!found) return [];
  const values = [...found.profile.counts.keys()].map((value) =>
    Object.hasOwn(found.aliases, value) ? (found.aliases[value] ?? '') : value,
  );
  return [...new Set(values)].filter((value) => value !== '').map((value) => ({ id: value, label: value }));
}

function readPage(prepared: Prepared, { options, currency }: ReadSetting, nth: number): FilePage | null {
  const from = nth * pageRows;
  if (from >= prepared.sheet.rows.length) return null;
  const skipped = new Set(options.skip);
  const currencyColumn = prepared.columns.find(({ key }) => key === 'currency');
  const rows: FilePage['rows'][number][] = [];
  const errors: RowError[] = [];
  for (const { row, cells: found } of prepared.sheet.rows.slice(from, from + pageRows)) {
    if (skipped.has(row)) continue;
    const cells = edited(prepared, found, options.edits[String(row)]);
    const named = currencyColumn && rowCurrency(cells[currencyColumn.profile.index]);
    const read = readRow({ row, cells }, prepared.columns, named ?? options.currency ?? currency);
    if (currencyColumn && named === null)
      read.errors.push({ row, field: currencyColumn.profile.column, message: 'is not an ISO 4217 currency code' });
    if (read.errors.length > 0) errors.push(...read.errors);
    else rows.push(read.read);
  }
  return { rows, errors };
}

/** Opens a file on the thread that calls. */
export async function readFile(bytes: Uint8Array, setting: ReadSetting): Promise<OpenedFile> {
  const opened = await openSheet(bytes, setting.options);
  if (!opened.ok) return opened;
  const { sheet, shape } = opened;
  const prepared = prepare(sheet, setting.fields, setting.takenKeys, setting.options, setting.makesNone);
  const about: FileAbout = {
    ...shape,
    rows: sheet.rows.length,
    delimiter: sheet.delimiter,
    headerRow: sheet.headerRow,
    problems: sheet.problems,
    columns: prepared.columns.map(({ profile, key, spec }) => ({ column: profile.column, key, spec })),
    makes: prepared.makes.map((make) => ({
      ...make,
      options: make.type === 'select' ? choices(prepared, make.column) : [],
    })),
    questions: prepared.questions,
    wrong: prepared.wrong,
  };
  return {
    ok: true,
    value: {
      about,
      page: (nth) => Promise.resolve(readPage(prepared, setting, nth)),
      describe: ({ errors, known }: DescribeWith) =>
        Promise.resolve({
          columns: describeColumns(prepared, errors),
          looks: describeLooks(prepared, errors),
          spellings: describeSpellings(prepared, (field) => known[field] ?? []),
        }),
      close: () => undefined,
    },
  };
}
