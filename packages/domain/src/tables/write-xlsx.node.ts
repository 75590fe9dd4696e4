import { TextReader, ZipWriter } from '@zip.js/zip.js';
import type { ExportCell } from './export-text.ts';

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The least that a workbook of one sheet consists of (ECMA-376, parts 1 and 2). */
const parts: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Rapport" sheetId="1" r:id="r1"/></sheets></workbook>`,
};

/** A spreadsheet holds no more in a cell. */
const longestCell = 32_767;

/** XML 1.0 has no way to write most control characters. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .slice(0, longestCell)
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- they are what is taken out.
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** A, B … Z, AA: the name of a column, from 0. */
export function columnName(at: number): string {
  let name = '';
  for (let rest = at + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCodePoint(65 + ((rest - 1) % 26)) + name;
  return name;
}

/** Text is written as text, so that a spreadsheet never runs it as a formula. */
function cellXml(cell: ExportCell, address: string): string {
  if (cell === '') return '';
  return typeof cell === 'number'
    ? `<c r="${address}"><v>${cell}</v></c>`
    : `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
}

/** A workbook of one sheet with these rows, as they come: nothing but the row at hand is in memory. */
export function xlsxOf(rows: AsyncIterable<readonly ExportCell[]>): ReadableStream<Uint8Array> {
  const through = new TransformStream<Uint8Array, Uint8Array>();
  const write = async () => {
    const zip = new ZipWriter(through.writable, { level: 6, useWebWorkers: false });
    for (const [name, text] of Object.entries(parts)) await zip.add(name, new TextReader(text));
    const encoder = new TextEncoder();
    const source = rows[Symbol.asyncIterator]();
    let isBegun = false;
    let line = 0;
    const sheet = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (!isBegun) {
          isBegun = true;
          controller.enqueue(encoder.encode(`${head}<worksheet xmlns="${main}"><sheetData>`));
        }
        const { value, done } = await source.next();
        if (done === true) {
          controller.enqueue(encoder.encode('</sheetData></worksheet>'));
          controller.close();
        } else {
          line += 1;
          const cells = value.map((cell, at) => cellXml(cell, `${columnName(at)}${line}`));
          controller.enqueue(encoder.encode(`<row r="${line}">${cells.join('')}</row>`));
        }
      },
    });
    await zip.add('xl/worksheets/sheet1.xml', sheet);
    await zip.close();
  };
  // A download that breaks off ends the writing; whoever reads is told by the stream.
  write().catch((error: unknown) => through.writable.abort(error).catch(() => undefined));
  return through.readable;
}
