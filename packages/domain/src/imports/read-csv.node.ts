import Papa from 'papaparse';
import { unguardFormula } from '../fields/formula-guard.ts';
import { makeSheet, sheetLimits } from './sheet.ts';

const delimiters = [',', ';', '\t', '|'] as const;

/** `sep=;` as the first line: Excel's way to say what delimits. */
function sepLine(text: string): { delimiter: string; rest: string } | null {
  const match = /^"?sep=(.)"?\r?\n/i.exec(text);
  return match?.[1] === undefined ? null : { delimiter: match[1], rest: text.slice(match[0].length) };
}

const sampled = { characters: 100_000, rows: 100 } as const;
/** Delimits nothing: for a file of one column, in whose texts commas are only commas. */
const none = '\u001F';

/**
 * The delimiter that cuts most rows into the same number of cells, at least two; the wider table wins a tie. (The
 * parser's own guess takes a table of two columns for one.)
 */
function guessDelimiter(text: string): string {
  const sample = text.slice(0, sampled.characters);
  let best = { delimiter: none, share: 0, width: 0 };
  for (const delimiter of delimiters) {
    const { data } = Papa.parse<string[]>(sample, { delimiter, preview: sampled.rows, skipEmptyLines: 'greedy' });
    // The last row of a sample may be cut in the middle.
    const rows = sample.length < text.length && data.length > 1 ? data.slice(0, -1) : data;
    const byWidth = new Map<number, number>();
    for (const { length } of rows) byWidth.set(length, (byWidth.get(length) ?? 0) + 1);
    const [width, count] = [...byWidth].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
    const share = count / Math.max(1, rows.length);
    if (width >= 2 && (share > best.share || (share === best.share && width > best.width)))
      best = { delimiter, share, width };
    // Ragged rows, but a header that is cut: better than no cut at all.
    else if (best.share === 0 && (rows[0]?.length ?? 0) >= 2) best = { delimiter, share: 0, width: 0 };
  }
  return best.delimiter;
}

/**
 * What ends a row, seen outside of quotes. LF also ends rows that end with CR LF, because cells are trimmed: a file that
 * two programs wrote has both.
 */
function lineEnd(text: string): '\n' | '\r' {
  const outside = text.slice(0, sampled.characters).replaceAll(/"[^"]*"/g, '');
  return outside.includes('\r') && !outside.includes('\n') ? '\r' : '\n';
}

/**
 * Parses CSV text of any delimiter, quoted line breaks included; ragged and blank rows are no failure. A `sep=` line
 * does not count as a row. Fails
 * 'empty-file' | 'too-many-rows' | 'too-many-columns' | 'open-quote'.
 */
export function readCsv(
  text: string,
  options: { delimiter?: string; hasHeader?: boolean } = {},
): ReturnType<typeof makeSheet> {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const said = sepLine(bare);
  const body = said?.rest ?? bare;
  const delimiter = options.delimiter ?? said?.delimiter ?? guessDelimiter(body);
  const parsed = Papa.parse<string[]>(body, {
    delimiter,
    newline: lineEnd(body),
    skipEmptyLines: false,
    // Past the limit the count is all that matters; a file of a million lines must not fill the memory.
    preview: sheetLimits.rows * 2,
  });
  // The rest of the file would become one cell, and its rows would be missed by nobody.
  const open = parsed.errors.find(({ code }) => code === 'MissingQuotes');
  if (open !== undefined)
    return {
      ok: false,
      error: {
        code: 'open-quote',
        message: `Not imported. A quotation mark in row ${(open.row ?? 0) + 1} is never closed. Correct the file.`,
      },
    };
  // What an export guarded from spreadsheets is the text that stood there.
  const rows = parsed.data.map((cells) => cells.map(unguardFormula));
  return makeSheet(rows, delimiter === none ? '' : delimiter, options.hasHeader);
}
