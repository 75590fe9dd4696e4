import { BlobReader, BlobWriter, ZipWriter, configure } from '@zip.js/zip.js';

configure({ useWebWorkers: false });

/** A cell as a spreadsheet program writes it: text, number, day (`{serial}`) or truth; `raw` is XML as it is. */
export type FixtureCell = string | number | boolean | null | { readonly serial: number } | { readonly raw: string };

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function columnName(index: number): string {
  let name = '';
  for (let left = index + 1; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCodePoint(65 + ((left - 1) % 26)) + name;
  return name;
}

function cellXml(cell: FixtureCell, at: string, shared: Map<string, number>): string {
  if (cell === null) return '';
  if (typeof cell === 'string') {
    if (!shared.has(cell)) shared.set(cell, shared.size);
    return `<c r="${at}" t="s"><v>${shared.get(cell)}</v></c>`;
  }
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${Number(cell)}</v></c>`;
  return 'serial' in cell ? `<c r="${at}" s="1"><v>${cell.serial}</v></c>` : cell.raw.replace('@', at);
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

/** An XLSX file with these sheets, as the common programs write one: shared strings, styles, relations. */
export async function makeXlsx(
  sheets: Readonly<Record<string, readonly (readonly FixtureCell[])[]>>,
  more: Readonly<Record<string, string>> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const shared = new Map<string, number>();
  const zip = new ZipWriter(new BlobWriter());
  const add = (name: string, text: string) => zip.add(name, new BlobReader(new Blob([text])));
  const names = Object.keys(sheets);
  for (const [index, name] of names.entries()) {
    const rows = (sheets[name] ?? []).map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((cell, at) => cellXml(cell, `${columnName(at)}${row + 1}`, shared)).join('')}</row>`,
    );
    await add(
      `xl/worksheets/sheet${index + 1}.xml`,
      `<?xml version="1.0"?><worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`,
    );
  }
  await add('[Content_Types].xml', `<?xml version="1.0"?><Types xmlns="${packaged}/content-types"/>`);
  await add(
    'xl/workbook.xml',
    `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names
      .map((name, index) => `<sheet name="${xml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
  );
  const parts = [
    ...names.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`]),
    ['sharedStrings', 'sharedStrings.xml'],
    ['styles', 'styles.xml'],
  ];
  await add(
    'xl/_rels/workbook.xml.rels',
    `<?xml version="1.0"?><Relationships xmlns="${packaged}/relationships">${parts
      .map(
        ([type, target], index) =>
          `<Relationship Id="rId${index + 1}" Type="${relations}/${type}" Target="${target}"/>`,
      )
      .join('')}</Relationships>`,
  );
  await add(
    'xl/styles.xml',
    `<?xml version="1.0"?><styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  );
  await add(
    'xl/sharedStrings.xml',
    `<?xml version="1.0"?><sst xmlns="${main}">${[...shared.keys()].map((text) => `<si><t xml:space="preserve">${xml(text)}</t></si>`).join('')}</sst>`,
  );
  for (const [name, text] of Object.entries(more)) await add(name, text);
  return new Uint8Array(await (await zip.close()).arrayBuffer());
}
