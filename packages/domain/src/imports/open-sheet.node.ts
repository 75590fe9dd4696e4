import { decode, notText } from './decode.node.ts';
import type { FileAbout } from './file-reading.ts';
import type { ImportOptions } from './options.ts';
import { readCsv } from './read-csv.node.ts';
import { isVcard, readVcards } from './read-vcard.node.ts';
import { readXlsx } from './read-xlsx.node.ts';
import type { Sheet } from './sheet.ts';

/** What a file is, said before anybody looks at its columns. */
export type FileShape = Pick<FileAbout, 'kind' | 'encoding' | 'sheets' | 'sheet'>;
type Opened =
  | { readonly ok: true; readonly sheet: Sheet; readonly shape: FileShape }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** A ZIP, which is what spreadsheet programs write. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/** Reads a file of any kind that an import takes as a table. What it is, its bytes say, not its name. */
export async function openSheet(
  bytes: Uint8Array,
  options: Pick<ImportOptions, 'encoding' | 'delimiter' | 'hasHeader' | 'sheet'>,
): Promise<Opened> {
  const hasHeader = options.hasHeader === undefined ? {} : { hasHeader: options.hasHeader };
  if (isZip(bytes)) {
    const read = await readXlsx(bytes, {
      ...hasHeader,
      ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
    });
    if (!read.ok) return read;
    const { value, sheets, sheet } = read;
    return { ok: true, sheet: value, shape: { kind: 'xlsx', encoding: '', sheets, sheet } };
  }
  const other = notText(bytes);
  if (other !== null) return { ok: false, error: { code: other, message: `Not imported. The file ${other}.` } };
  const { text, encoding } = decode(bytes, options.encoding);
  const isCards = isVcard(text);
  const read = isCards
    ? readVcards(text)
    : readCsv(text, {
        ...hasHeader,
        ...(options.delimiter === undefined ? {} : { delimiter: options.delimiter }),
      });
  if (!read.ok) return read;
  const kind = isCards ? 'vcard' : 'csv';
  return { ok: true, sheet: read.value, shape: { kind, encoding, sheets: [], sheet: null } };
}
