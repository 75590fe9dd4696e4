import Papa from 'papaparse';
import { guardFormula } from '../fields/formula-guard.ts';
import type { ExportCell } from './export-text.ts';

/** Spreadsheets take a file without it for one in their own, older encoding. */
export const byteOrderMark = '\uFEFF';

/** What spreadsheets elsewhere take for the end of a cell: in quotes it is none. */
const otherEnds = /[;\t|]/;

/** A line of a CSV file. Text that a spreadsheet would run as a formula is guarded; numbers stay numbers. */
export const csvLine = (cells: readonly ExportCell[]): string =>
  `${Papa.unparse([cells.map((cell) => (typeof cell === 'string' ? guardFormula(cell) : cell))], {
    newline: '\r\n',
    quotes: (cell: unknown) => typeof cell === 'string' && (otherEnds.test(cell) || cell.startsWith("'")),
  })}\r\n`;
