import type { Noun } from '@rapport/domain/http/workspace-context.node';
import { rebuildRows } from '@rapport/sync/server/rebuild';
import { makeRowWriter } from '@rapport/sync/server/sqlite/row-writer';
import type { Database } from 'better-sqlite3';
import type { Finding } from './doctor.ts';
import { readLog } from './read-log.ts';

/**
 * Makes all derived rows anew from the log, in memory, and compares them one by one with those of the attached `file`.
 * With `repair` a table that differs gets the rebuilt rows.
 */
export async function compareRows(
  database: Database,
  nouns: readonly Noun[],
  { repair }: { repair: boolean },
): Promise<Finding[]> {
  for (const statement of nouns.flatMap((noun) => noun.readModel)) database.exec(statement);
  const writeRow = makeRowWriter(database);
  const kinds = nouns.flatMap((noun) => noun.kinds);
  await rebuildRows({ readLog: () => readLog(database, 'file') }, kinds, (writes) => writes.forEach(writeRow));
  return tablesOf(database).flatMap((table) => compareTable(database, table, repair));
}

function compareTable(database: Database, table: string, repair: boolean): Finding[] {
  const name = `"${table.replaceAll('"', '""')}"`;
  const hasTable = database.prepare(`SELECT 1 FROM file.sqlite_schema WHERE name = ?`).get(table) !== undefined;
  if (!hasTable) return [{ problem: `The table ${table} is not there.`, repair: null }];
  const count = (from: string, without: string) =>
    database
      .prepare<[], number>(
        `SELECT count(*) FROM (SELECT * FROM ${from}.${name} EXCEPT SELECT * FROM ${without}.${name})`,
      )
      .pluck()
      .get() ?? 0;
  const rows = (schema: string) =>
    database.prepare<[], number>(`SELECT count(*) FROM ${schema}.${name}`).pluck().get() ?? 0;
  const missing = count('main', 'file');
  const extra = count('file', 'main');
  if (missing === 0 && extra === 0 && rows('main') === rows('file')) return [];
  if (repair) database.exec(`DELETE FROM file.${name}; INSERT INTO file.${name} SELECT * FROM main.${name}`);
  const problem = `Table ${table}: ${missing} rows that the log gives are not there, ${extra} are there that it does not give.`;
  return [{ problem, repair: 'The rows are written anew from the log.' }];
}

/** Plain tables. An index for searching in text is made of them and is compared with nothing. */
const tablesOf = (database: Database): string[] =>
  database
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`,
    )
    .pluck()
    .all();
