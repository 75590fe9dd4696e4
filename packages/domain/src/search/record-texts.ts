import { isUlid } from '@rapport/doc/ids';
import type { Searchable } from './searchable.ts';
import { numbersIn, wordsIn } from './words.ts';

/** One searched text of a record. */
export interface RecordText {
  readonly field: string;
  readonly text: string;
}

/** What of a record is searched. The first text is its title. */
export interface RecordTexts {
  readonly id: string;
  readonly parent: string | null;
  readonly texts: readonly RecordText[];
}

/** Reads rows; the same shape in the indexer and in a read job. */
export interface Rows {
  all<Row>(sql: string, params?: readonly (string | number)[]): Row[];
}

type Row = Readonly<Record<string, string | number | null>>;

const longestText = 100_000;

/** The texts of a JSON list, or of an object under its keys. What else a value is made of (money, dates) is not searched. */
function textsInJson(field: string, json: string): RecordText[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    // Rows are written by projections as JSON; another program's file may hold something else, which is then text.
    return [{ field, text: json }];
  }
  const textsOf = (name: string, each: unknown): RecordText[] =>
    (Array.isArray(each) ? each : [each]).flatMap((item: unknown) =>
      typeof item === 'string' ? [{ field: name, text: item }] : [],
    );
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, each]) => textsOf(key, each))
    : textsOf(field, value);
}

/** Reads what of these records is searched, as the given rows show them; those that are not there are left out. */
export function readTexts(rows: Rows, searchable: Searchable, ids: readonly string[]): Map<string, RecordTexts> {
  const { table, id, title, columns, parent, isFound = 'TRUE', rows: others = [], links = [] } = searchable;
  const names = [...new Set([id, title, ...columns.map(({ column }) => column), ...(parent ? [parent] : [])])];
  const listed = JSON.stringify(ids);
  const found = new Map<string, RecordTexts & { texts: RecordText[] }>();
  for (const row of rows.all<Row>(
    `SELECT ${names.join(', ')} FROM ${table} WHERE ${id} IN (SELECT value FROM json_each(?)) AND (${isFound})`,
    [listed],
  )) {
    const textOf = (column: string): string => String(row[column] ?? '').slice(0, longestText);
    const texts: RecordText[] = [{ field: 'title', text: textOf(title) }];
    for (const { field, column, isJson } of columns) {
      const text = textOf(column);
      // Of a reference the name is found, by `links`.
      if (text !== '' && !isUlid(text)) texts.push(...(isJson ? textsInJson(field, text) : [{ field, text }]));
    }
    const key = String(row[id]);
    found.set(key, { id: key, parent: parent === undefined ? null : textOf(parent) || null, texts });
  }
  for (const { table: from, record, field, column, where = 'TRUE' } of others)
    for (const row of rows.all<{ record: string; text: string | null }>(
      `SELECT ${record} AS record, ${column} AS text FROM ${from}
       WHERE ${record} IN (SELECT value FROM json_each(?)) AND (${where})`,
      [listed],
    ))
      if (row.text !== null) found.get(row.record)?.texts.push({ field, text: String(row.text).slice(0, longestText) });
  for (const { field, table: of, id: key, name } of links)
    for (const row of rows.all<{ record: string; text: string | null }>(
      `SELECT l.from_id AS record, o.${name} AS text FROM record_links l JOIN ${of} o ON o.${key} = l.to_id
       WHERE l.from_id IN (SELECT value FROM json_each(?))`,
      [listed],
    ))
      if (row.text !== null) found.get(row.record)?.texts.push({ field, text: row.text });
  return found;
}

/** The words under which a record is found: its title's and its other texts', and those to find fragments in. */
export interface IndexedWords {
  readonly title: string;
  readonly text: string;
  readonly fragments: ReadonlySet<string>;
}

/** Words shorter than this have no trigram of their own. */
export const shortestFragment = 3;
const longestFragment = 40;

export function wordsToIndex({ texts }: RecordTexts): IndexedWords {
  const fragments = new Set<string>();
  const parts = texts.map(({ text }) => {
    const words = wordsIn(text);
    for (const { folded, isCharacter } of words)
      if (!isCharacter && folded.length >= shortestFragment) fragments.add(folded.slice(0, longestFragment));
    const numbers = numbersIn(text).map(({ digits }) => digits);
    for (const digits of numbers) fragments.add(digits.slice(0, longestFragment));
    return [...words.map(({ folded }) => folded), ...numbers].join(' ');
  });
  const [title = '', ...others] = parts;
  return { title, text: others.join(' '), fragments };
}
