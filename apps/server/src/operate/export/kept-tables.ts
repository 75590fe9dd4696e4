import type { Database } from 'better-sqlite3';
import * as v from 'valibot';
import { OperateProblem } from '../problem.ts';

type Value = string | number | null | Uint8Array;

const cell = v.union([v.string(), v.number(), v.null(), v.object({ base64: v.string() })]);
const row = v.record(v.string(), cell);

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Tables that are neither the sync server's nor derived from the log, e.g. who shares what with whom. They exist nowhere
 * else, so they travel whole.
 */
export const keptTables = (database: Database): string[] =>
  database
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
       AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'sync%' AND name NOT LIKE 'search%' AND name NOT IN ('read_model', 'read_model_tables', 'backup_about')
       AND name NOT IN (SELECT name FROM read_model_tables) ORDER BY name`,
    )
    .pluck()
    .all();

/** A table's rows as JSON can hold them. */
export function* keptRows(database: Database, table: string): Generator<Record<string, unknown>> {
  const rows = database.prepare<[], Record<string, Value>>(`SELECT * FROM ${quoted(table)}`).iterate();
  for (const each of rows)
    yield Object.fromEntries(
      Object.entries(each).map(([name, value]) => [
        name,
        value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
      ]),
    );
}

/** Columns that earlier exports have under another name. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['access_shares.board_id', 'thing_id'],
  ['access_grants.board_id', 'thing_id'],
]);

/** Puts them into a new file, whose tables this version has made. Names are checked against those. */
export function putKeptRows(database: Database, table: string, json: string): void {
  const known = keptTables(database).includes(table)
    ? database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table)
    : [];
  const rows = v.safeParse(v.array(row), JSON.parse(json));
  if (!rows.success) throw new OperateProblem(`kept/${table}.json: ${v.summarize(rows.issues)}`);
  for (const each of rows.output) {
    const names = Object.keys(each).map((name) =>
      known.includes(name) ? name : (renamed.get(`${table}.${name}`) ?? name),
    );
    if (!names.every((name) => known.includes(name)))
      throw new OperateProblem(`The export keeps ${table} in a way that this version does not know.`);
    const values = Object.values(each).map((value) =>
      typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value,
    );
    database
      .prepare(
        `INSERT OR REPLACE INTO ${quoted(table)} (${names.map(quoted).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      )
      .run(...values);
  }
}
