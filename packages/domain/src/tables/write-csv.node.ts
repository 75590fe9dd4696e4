import Papa from 'papaparse';
import type { ExportCell } from './export-text.ts';

/** Spreadsheets take a file without it for one in their own, older encoding. */
export const byteOrderMark = '\uFEFF';

/** A line of a CSV file. Text that a spreadsheet would run as a formula is kept from it by a leading apostrophe; numbers stay numbers. */
export const csvLine = (cells: readonly ExportCell[]): string =>
  `${Papa.unparse([[...cells]], { escapeFormulae: /^[=+\-@\t\r\n]/, newline: '\r\n' })}\r\n`;
