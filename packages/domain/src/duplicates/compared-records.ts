import type { Rows } from '../search/record-texts.ts';
import type { Comparable } from './comparable.ts';
import type { ComparedNoun } from './prepare.ts';

/** A list of texts of a record, as SQL that answers `record` and `text`. */
export interface ComparedTexts {
  readonly as: 'emails' | 'phones' | 'addresses' | 'companies';
  readonly sql: string;
  /** The text is a JSON object whose values are meant. */
  readonly isJson?: boolean;
}

/** How records of a noun are compared: data only, declared in the noun's folder and listed in the server's `compared.ts`. */
export interface ComparedRecords {
  readonly noun: ComparedNoun;
  readonly table: string;
  /** What it is called in lists. */
  readonly title: string;
  /** Columns by what they are compared as. */
  readonly columns: Readonly<Partial<Record<'names' | 'dates' | 'sites' | 'codes', readonly string[]>>>;
  readonly texts: readonly ComparedTexts[];
  /** SQL on the row: whether it is compared at all. */
  readonly isCompared: string;
}

/** A record with what it is compared by, and its title. */
export interface ReadComparable extends Comparable {
  readonly title: string;
}

type Row = Readonly<Record<string, string | number | null>>;

function textIn(text: string, isJson: boolean): string {
  if (!isJson) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.values(value).join(' ') : text;
  } catch {
    // Rows are written as JSON by projections; of another program's file the text is as good.
    return text;
  }
}

/** Reads records to compare, as the given rows show them: these, or all of them with null. */
export function readComparables(
  rows: Rows,
  declared: ComparedRecords,
  ids: readonly string[] | null,
): Map<string, ReadComparable> {
  const { table, title, columns, texts, isCompared } = declared;
  const columnList = [...new Set(['id', title, ...Object.values(columns).flat()])].join(', ');
  const params = ids === null ? [] : [JSON.stringify(ids)];
  const among = (column: string) => (ids === null ? 'TRUE' : `${column} IN (SELECT value FROM json_each(?))`);
  const found = new Map<string, ReadComparable & Record<string, string[] | string>>();
  for (const row of rows.all<Row>(
    `SELECT ${columnList} FROM ${table} WHERE (${isCompared}) AND ${among('id')}`,
    params,
  )) {
    const valuesOf = (names: readonly string[] = []) =>
      names.flatMap((name) => (row[name] === null || row[name] === undefined ? [] : [String(row[name])]));
    const id = String(row['id']);
    found.set(id, {
      id,
      title: String(row[title] ?? ''),
      names: valuesOf(columns.names),
      dates: valuesOf(columns.dates),
      sites: valuesOf(columns.sites),
      codes: valuesOf(columns.codes),
      emails: [],
      phones: [],
      addresses: [],
      companies: [],
    });
  }
  for (const { as, sql, isJson = false } of texts)
    for (const { record, text } of rows.all<{ record: string; text: string }>(
      `SELECT record, text FROM (${sql}) WHERE ${among('record')}`,
      params,
    )) {
      const list = found.get(record)?.[as];
      if (Array.isArray(list)) list.push(textIn(text, isJson));
    }
  return found;
}
