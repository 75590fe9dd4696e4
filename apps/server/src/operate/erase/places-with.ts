import { relative } from 'node:path';
import Sqlite from 'better-sqlite3';
import { filesWith } from '../person/search-bytes.ts';
import { quoted } from '../person/person-tables.ts';

/**
 * Places below a folder that hold one of these texts: files by their bytes, and databases also by their tables, since a
 * long value lies in pieces. Capitals, composition and JSON's ways of writing are seen through; what is compressed or
 * encrypted is not. `only`: files whose path begins so.
 */
export function placesWith(folder: string, texts: readonly string[], only = ''): string[] {
  const forms = [...new Set(texts.flatMap(formsOf))];
  if (forms.length === 0) return [];
  const isMeant = (path: string) => relative(folder, path).startsWith(only);
  const inBytes = filesWith(folder, forms).filter(isMeant);
  const databases = filesWith(folder, ['SQLite format 3\0']).filter(
    (path) => isMeant(path) && path.endsWith('.sqlite'),
  );
  const inTables = databases.flatMap((path) =>
    tablesWith(path, forms).map((table) => `${relative(folder, path)} (${table})`),
  );
  const named = new Set(inTables.map((place) => place.split(' (')[0]));
  const others = inBytes.map((path) => relative(folder, path)).filter((path) => !named.has(path));
  return [...inTables, ...others].sort();
}

/** How a text may stand in a file. */
function formsOf(text: string): string[] {
  const cases = [text, text.toLowerCase(), text.toUpperCase()];
  // A telephone number may be kept without its signs.
  const digits = /^\+[\d\s()./-]{7,30}$/.test(text) ? [`+${text.replaceAll(/\D/g, '')}`] : [];
  const composed = [...cases, ...digits].flatMap((each) => [each.normalize('NFC'), each.normalize('NFD')]);
  const escaped = composed.flatMap((each) => {
    const json = JSON.stringify(each).slice(1, -1);
    return [json, json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)];
  });
  return [...new Set([...composed, ...escaped])];
}

function tablesWith(path: string, forms: readonly string[]): string[] {
  const database = new Sqlite(path, { readonly: true, timeout: 5000 });
  try {
    const tables = database
      .prepare<[], string>(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')`)
      .pluck()
      .all();
    const needles = forms.map((form) => form.toLowerCase());
    return tables.filter((table) => {
      for (const row of database
        .prepare<[], unknown[]>(`SELECT * FROM ${quoted(table)}`)
        .raw()
        .iterate())
        if (row.some((cell) => holds(cell, needles))) return true;
      return false;
    });
  } finally {
    database.close();
  }
}

function holds(cell: unknown, needles: readonly string[]): boolean {
  const text =
    typeof cell === 'string'
      ? cell.toLowerCase()
      : cell instanceof Uint8Array
        ? Buffer.from(cell).toString('utf8').toLowerCase()
        : null;
  return text !== null && needles.some((needle) => text.includes(needle));
}
