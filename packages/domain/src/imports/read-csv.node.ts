import Papa from 'papaparse';
import { makeSheet, sheetLimits } from './sheet.ts';

const delimiters = [',', ';', '\t', '|'] as const;

/** `sep=;` as the first line: Excel's way to say what delimits. */
function sepLine(text: string): { delimiter: string; rest: string } | null {
  const match = /^"?sep=(.)"?\r?\n/i.exec(text);
  return match?.[1] === undefined ? null : { delimiter: match[1], rest: text.slice(match[0].length) };
}

/**
 * Parses CSV text of any delimiter, quoted line breaks included; ragged and blank rows are no failure. A `sep=` line
 * does not count as a row. Fails 'empty-file' | 'too-many-rows' | 'too-many-columns'.
 */
export function readCsv(
  text: string,
  options: { delimiter?: string; hasHeader?: boolean } = {},
): ReturnType<typeof makeSheet> {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const said = sepLine(bare);
  const parsed = Papa.parse<string[]>(said?.rest ?? bare, {
    delimiter: options.delimiter ?? said?.delimiter ?? '',
    delimitersToGuess: [...delimiters],
    skipEmptyLines: false,
    // Past the limit the count is all that matters; a file of a million lines must not fill the memory.
    preview: sheetLimits.rows * 2,
  });
  return makeSheet(parsed.data, parsed.meta.delimiter, options.hasHeader);
}
