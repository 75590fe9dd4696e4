import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode, notText } from './decode.node.ts';
import { readCsv } from './read-csv.node.ts';
import { sheetLimits } from './sheet.ts';

const read = (text: string, options?: Parameters<typeof readCsv>[1]) => {
  const sheet = readCsv(text, options);
  if (!sheet.ok) throw new Error(sheet.error.message);
  return sheet.value;
};
const cellsOf = (text: string) => read(text).rows.map(({ cells }) => cells);

describe('decoding', () => {
  const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
  const utf16 = (text: string, littleEndian: boolean) => {
    const view = new DataView(new ArrayBuffer(text.length * 2));
    for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian);
    return new Uint8Array(view.buffer);
  };
  const sample = 'Name;Größe\nMüller;50 €\n';
  test.each<[string, Uint8Array, string]>([
    ['utf-8', new TextEncoder().encode(sample), sample],
    ['utf-8', new TextEncoder().encode(`\uFEFF${sample}`), sample],
    ['utf-16le', utf16(`\uFEFF${sample}`, true), sample],
    ['utf-16be', utf16(`\uFEFF${sample}`, false), sample],
    ['utf-16le', utf16('name;title\nabc;def\n', true), 'name;title\nabc;def\n'],
    ['windows-1252', latin1('Müller;Größe\x80\x93'), 'Müller;Größe€“'],
  ])('%s', (encoding, bytes, text) => {
    expect(decode(bytes)).toEqual({ text, encoding });
  });
  test('what is no text is not taken for one', () => {
    expect(notText(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0))).toMatch(/Excel/);
    expect(notText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13))).toBe('is not a text file');
    expect(notText(Buffer.from('\uFEFFa,b\nü,2', 'utf16le'))).toBeNull();
    expect(notText(Buffer.from('a,b\nx\0y,2'))).toBeNull();
  });
  test('an encoding that was named holds', () => {
    expect(decode(latin1('\xe4'), 'windows-1251').text).toBe('д');
  });
});

describe('reading CSV', () => {
  test.each<[string, string, readonly (readonly string[])[]]>([
    ['comma', 'a,b\n1,2', [['1', '2']]],
    [
      'semicolon, decimal commas inside',
      'a;b\n1,5;2,5\n3,5;4,5',
      [
        ['1,5', '2,5'],
        ['3,5', '4,5'],
      ],
    ],
    ['tab', 'a\tb\n1\t2', [['1', '2']]],
    ['two columns by tab', 'Was\tWie viel\nOfen\t3\n', [['Ofen', '3']]],
    ['one column, commas in its texts', 'Name\nHollin, Sons\nAune', [['Hollin, Sons'], ['Aune']]],
    [
      'commas in texts, semicolons between',
      'a;b\n1, 2;x\n3;y',
      [
        ['1, 2', 'x'],
        ['3', 'y'],
      ],
    ],
    ['pipe', 'a|b\n1|2', [['1', '2']]],
    ['sep= line', 'sep=;\na;b\n1;2', [['1', '2']]],
    ['sep= line with a tab', 'sep=\t\r\na\tb\r\n1\t2', [['1', '2']]],
    ['quoted line break', 'a,b\n"1\n2",3', [['1\n2', '3']]],
    ['quoted quotes', 'a,b\n"say ""hi""",3', [['say "hi"', '3']]],
    ['CRLF', 'a,b\r\n1,2\r\n', [['1', '2']]],
    ['CR', 'a,b\r1,2\r', [['1', '2']]],
    [
      'CRLF and LF in one file',
      'a,b\r\n1,2\n"3",4\r\n"5\r\n5","6"\r\n',
      [
        ['1', '2'],
        ['3', '4'],
        ['5\r\n5', '6'],
      ],
    ],
    [
      'blank rows',
      'a,b\n\n1,2\n , \n\n3,4\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'short rows',
      'a,b,c\n1\n1,2',
      [
        ['1', '', ''],
        ['1', '2', ''],
      ],
    ],
    ['one column', 'a\nx\ny', [['x'], ['y']]],
    ['a title above the table', 'Deals of May\n\na,b,c\n1,2,3', [['1', '2', '3']]],
  ])('%s', (_name, text, rows) => expect(cellsOf(text)).toEqual(rows));

  test('rows are numbered as a spreadsheet numbers them', () => {
    expect(read('a,b\n\n"1\n1",2\n3,4').rows.map(({ row }) => row)).toEqual([3, 4]);
  });
  test('a row that is too long is reported with what it has too much', () => {
    const { problems, rows } = read('a,b\n1,2,3\n4,5');
    expect(rows).toHaveLength(2);
    expect(problems).toEqual([{ row: 2, message: 'has 1 more value than the header has columns: “3”' }]);
  });
  test('columns get unique names', () => {
    expect(read('Name,,Name\na,b,c').columns).toEqual(['Name', 'Column 2', 'Name (2)']);
    expect(read('__proto__,constructor\na,b').columns).toEqual(['__proto__', 'constructor']);
  });
  test('a file without a header is seen', () => {
    expect(read('1,Ada,2025-01-01\n2,Bo,2025-01-02').columns).toEqual(['Column 1', 'Column 2', 'Column 3']);
    expect(read('x,y\nz,w', { hasHeader: false }).rows).toHaveLength(2);
  });
  test.each<[string, string]>([
    ['', 'empty-file'],
    ['\n \n', 'empty-file'],
    [`a\n${'x\n'.repeat(sheetLimits.rows + 1)}`, 'too-many-rows'],
    [`${'a,'.repeat(400)}b\n1`, 'too-many-columns'],
    ['a,b\n1,2\n"3,4\n5,6\n', 'open-quote'],
  ])('what cannot be imported says why %#', (text, code) => {
    const sheet = readCsv(text);
    expect(!sheet.ok && sheet.error.code).toBe(code);
  });

  test('any table comes back as it was written', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\uFEFF', '').trim());
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t', '|'), (table, delimiter) => {
        const quoted = table.map((row) =>
          ['k', ...row].map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter),
        );
        const text = ['h,a,b,c'.replaceAll(',', delimiter), ...quoted].join('\r\n');
        expect(cellsOf(text)).toEqual(table.map((row) => ['k', ...row]));
      }),
      { numRuns: 200 },
    );
  });
  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        readCsv(text);
        readCsv(decode(new TextEncoder().encode(text)).text);
      }),
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readCsv(decode(bytes).text)));
  });
});

const spectrum = new URL('../../../../../shared/data/csv-spectrum/', import.meta.url).pathname;
// An extra on files of others; it needs a folder beside the repository that a clone does not have.
describe.skipIf(!existsSync(spectrum))('csv-spectrum (skipped without ../shared)', () => {
  // The two halves of location_coordinates hold different phone numbers in this copy.
  const names = existsSync(spectrum)
    ? readdirSync(`${spectrum}csvs`)
        .map((file) => file.replace('.csv', ''))
        .filter((name) => name !== 'location_coordinates')
    : [];
  test.each(names.length > 0 ? names : ['none'])('%s', (name) => {
    const expected = JSON.parse(readFileSync(`${spectrum}json/${name}.json`, 'utf8')) as Record<string, string>[];
    const { columns, rows } = read(decode(readFileSync(`${spectrum}csvs/${name}.csv`)).text, { hasHeader: true });
    const found = rows.map(({ cells }) => Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])));
    const normal = (text: string) => text.replaceAll('\r\n', '\n').trim();
    expect(found.map((row) => Object.values(row).map(normal))).toEqual(
      expected.map((row) => Object.values(row).map(normal)),
    );
  });
});
