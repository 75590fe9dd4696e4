import { Uint8ArrayReader, ZipReader, configure, type FileEntry } from '@zip.js/zip.js';
import { InvalidInputError, InvalidSpreadsheetError, readSheet } from 'read-excel-file/universal';
import { makeSheet, sheetLimits, type SheetError } from './sheet.ts';

// This runs on a thread of its own already.
configure({ useWebWorkers: false });

/** What a spreadsheet may unpack to; a ZIP of kilobytes can promise gigabytes. */
const xlsxLimits = { unpackedBytes: 400 * 2 ** 20, files: 2_000, sheets: 200 } as const;

type Read = ReturnType<typeof makeSheet>;
const fail = (code: SheetError['code'], message: string) =>
  ({ ok: false, error: { code, message: `Not imported. ${message}` } }) as const;

class TooLarge extends Error {}

/** Counts what comes out of a ZIP entry, whatever its header says, and keeps it where it is asked for. */
function makeCounter(counted: { bytes: number }, most: number, keeps: boolean) {
  const chunks: Uint8Array[] = [];
  const writable = new WritableStream<Uint8Array>({
    write(chunk) {
      counted.bytes += chunk.length;
      if (counted.bytes > most) throw new TooLarge();
      if (keeps) chunks.push(chunk);
    },
  });
  return { writable, text: () => new TextDecoder().decode(Buffer.concat(chunks)) };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (xml: string): string =>
  xml.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name = '') => {
    if (hex === undefined && decimal === undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code).toWellFormed() : whole;
  });

const workbookName = 'xl/workbook.xml';

/** Unpacks once only to count and to learn the names of the sheets. */
async function look(
  bytes: Uint8Array,
  unpackedBytes: number,
): Promise<{ sheets: string[] } | { problem: ReturnType<typeof fail> }> {
  const zip = new ZipReader(new Uint8ArrayReader(bytes));
  const counted = { bytes: 0 };
  let workbook: string | null = null;
  try {
    let files = 0;
    for await (const entry of zip.getEntriesGenerator()) {
      if (++files > xlsxLimits.files) return { problem: fail('too-large', 'The spreadsheet has too many parts.') };
      if (entry.directory) continue;
      if (entry.encrypted)
        return { problem: fail('not-a-table', 'The spreadsheet has a password. Save it without one first.') };
      const counter = makeCounter(counted, unpackedBytes, entry.filename === workbookName);
      await (entry as FileEntry).getData(counter.writable);
      if (entry.filename === workbookName) workbook = counter.text();
    }
  } catch (error) {
    // zip.js hands on what the stream threw, or an error of its own about it.
    if (error instanceof TooLarge || counted.bytes > unpackedBytes)
      return {
        problem: fail(
          'too-large',
          `The spreadsheet unpacks to more than ${Math.ceil(unpackedBytes / 2 ** 20)} MiB. Split it, or save it as CSV.`,
        ),
      };
    return { problem: fail('not-a-table', 'The spreadsheet is damaged: it cannot be unpacked.') };
  } finally {
    await zip.close().catch(() => undefined);
  }
  if (workbook === null)
    return {
      problem: fail('not-a-table', 'The file is a ZIP file, but no spreadsheet; save it as .xlsx or CSV first.'),
    };
  const sheets = [...workbook.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname=(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, double, quoted = '']) => plain(double ?? quoted),
  );
  return { sheets: sheets.slice(0, xlsxLimits.sheets) };
}

/**
 * A number as people would write it, without the noise of binary fractions. Three decimals get a zero, so that nobody
 * takes their point for one that groups thousands.
 */
export function numberText(raw: string): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const text = String(Number(value.toPrecision(15)));
  return /^-?\d{1,3}\.\d{3}$/.test(text) ? `${text}0` : text;
}

/** A day, or a day and a time; a spreadsheet knows no zones. A time alone (Excel's day 0) stays a time. */
function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const text = date.toISOString();
  if (date.getUTCFullYear() < 1901 && date.getUTCMonth() === 11) return text.slice(11, 16);
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

const cellText = (cell: unknown): string => {
  if (cell instanceof Date) return dateText(cell);
  return typeof cell === 'string' ? cell.toWellFormed() : cell === null || cell === undefined ? '' : String(cell);
};

export interface ReadWorkbook {
  readonly sheets: readonly string[];
  /** The one that was read. */
  readonly sheet: string;
}

/**
 * Reads one sheet of an XLSX file: the named one, or the first. Formulas give what they were last worked out to.
 * Fails 'empty-file' | 'too-many-rows' | 'too-many-columns' | 'too-large' | 'not-a-table' | 'no-such-sheet'.
 */
export async function readXlsx(
  bytes: Uint8Array,
  options: { sheet?: string; hasHeader?: boolean; unpackedBytes?: number } = {},
): Promise<(Extract<Read, { ok: true }> & ReadWorkbook) | Extract<Read, { ok: false }>> {
  const looked = await look(bytes, options.unpackedBytes ?? xlsxLimits.unpackedBytes);
  if ('problem' in looked) return looked.problem;
  const { sheets } = looked;
  const sheet = options.sheet ?? sheets[0];
  const nth = sheet === undefined ? -1 : sheets.indexOf(sheet);
  if (sheet === undefined || nth < 0)
    return fail('no-such-sheet', `The file has no sheet “${sheet ?? ''}”. It has: ${sheets.join(', ')}.`);
  try {
    const copy = bytes.slice().buffer;
    const rows = await readSheet(copy, nth + 1, { parseNumber: numberText, trim: true });
    const wide = rows.find((row) => row.length > sheetLimits.columns * 4);
    if (wide) return fail('too-many-columns', `The sheet has ${wide.length} columns. Split it, or save it as CSV.`);
    const made = makeSheet(
      rows.map((row) => row.map(cellText)),
      '',
      options.hasHeader,
    );
    return made.ok ? { ...made, sheets, sheet } : made;
  } catch (error) {
    if (error instanceof InvalidSpreadsheetError || error instanceof InvalidInputError)
      return fail(
        'not-a-table',
        `The spreadsheet cannot be read (${error.message.slice(0, 200)}). Open it, save it again as .xlsx or CSV, and import that.`,
      );
    throw error;
  }
}
