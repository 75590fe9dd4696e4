import type { Database } from 'better-sqlite3';
import { waitingMentions } from '../../forms/erase-submissions.ts';
import { quoted } from '../person/person-tables.ts';
import type { Terms } from './terms.ts';

type Row = Record<string, unknown>;

/**
 * Every derived row of a workspace's file that says one of the texts or is of one of the records: current state and feed,
 * and what was sent by a form or is to be sent by mail and waits.
 */
export function mentionsIn(database: Database, terms: Terms, records: readonly string[]): Record<string, Row[]> {
  const ids = new Set(records);
  const isMeant = (row: Row) =>
    Object.values(row).some((cell) => typeof cell === 'string' && (ids.has(cell) || terms.find(cell).length > 0));
  const tables = database.prepare<[], string>('SELECT name FROM read_model_tables ORDER BY name').pluck().all();
  const found = tables.map((table): [string, Row[]] => {
    const rows: Row[] = [];
    for (const row of database.prepare<[], Row>(`SELECT * FROM ${quoted(table)}`).iterate())
      if (isMeant(row)) rows.push(row);
    return [table, rows];
  });
  const all = [...found, ...Object.entries(waitingMentions(database, terms))];
  return Object.fromEntries(all.filter(([, rows]) => rows.length > 0));
}
