import { configure, ZipWriter } from '@zip.js/zip.js';
import Sqlite, { type Database } from 'better-sqlite3';
import { contentsBeside } from '../../files/copy-contents.ts';
import type { AboutCopy } from '../about-copy.ts';
import { OperateProblem } from '../problem.ts';
import { readSteps } from '../read-log.ts';
import { dealRows } from '@rapport/domain/deals/deal-rows.node';
import { dealType } from '@rapport/domain/deals/deal-type';
import { leadRows } from '@rapport/domain/leads/lead-rows.node';
import { leadType } from '@rapport/domain/leads/lead-type';
import { cardsCsv, customFieldsIn } from './cards-csv.ts';
import { exportFormat, parts, readme } from './export-format.ts';
import type { ControlParts } from './control-parts.ts';
import { keptRows, keptTables } from './kept-tables.ts';
import { addContents } from './contents-part.ts';
import { bytesOf, jsonArray, jsonLines } from './pieces.ts';

// Node compresses off the main thread by itself.
configure({ useWebWorkers: false });

/**
 * Writes everything of a workspace's file as a ZIP, in pieces and at the reader's speed, as it was at one moment. Rejects
 * when the file is damaged or the reader goes away.
 */
export async function writeExport(
  path: string,
  about: AboutCopy,
  known: ControlParts,
  to: WritableStream<Uint8Array>,
): Promise<void> {
  const database = new Sqlite(path, { readonly: true, timeout: 5000 });
  try {
    // Everything below sees this moment, however long the download takes.
    database.exec('BEGIN');
    const zip = new ZipWriter(to, { level: 6, lastModDate: new Date(about.madeAt) });
    for (const [name, texts] of partsOf(database, about, known)) await zip.add(name, { readable: bytesOf(texts) });
    await addContents(zip, database, contentsBeside(path));
    await zip.close();
  } catch (error) {
    await to.abort(error).catch(() => undefined);
    throw error;
  } finally {
    database.close();
  }
}

/** Lazily: a connection steps through one statement at a time. */
function* partsOf(
  database: Database,
  about: AboutCopy,
  { keys, audit }: ControlParts,
): Generator<[string, Iterable<string>]> {
  const people = new Map(about.members.map(({ id, name }) => [id, name]));
  yield ['README.txt', [readme]];
  yield [parts.about, [`${JSON.stringify({ exportFormat, ...about }, null, 2)}\n`]];
  yield ['deals.csv', cardsCsv(database, people, { type: dealType, rows: dealRows, board: 'Pipeline' })];
  yield ['leads.csv', cardsCsv(database, people, { type: leadType, rows: leadRows, board: 'Inbox' })];
  yield ['members.json', jsonArray(about.members)];
  yield [parts.keys, jsonArray(keys)];
  yield [parts.audit, jsonLines(audit)];
  yield ['custom-fields.json', [`${JSON.stringify(customFieldsIn(database, 'deal'), null, 2)}\n`]];
  const tables = database.prepare<[], string>('SELECT name FROM read_model_tables ORDER BY name').pluck().all();
  for (const table of tables)
    yield [`tables/${table}.json`, jsonArray(rowsOf(database, `SELECT * FROM "${table.replaceAll('"', '""')}"`))];
  for (const table of keptTables(database)) yield [`kept/${table}.json`, jsonArray(keptRows(database, table))];
  const documents = `SELECT name, created_seq AS createdSeq${hasErasures(database) ? ', (SELECT mark FROM sync_erasures e WHERE e.doc = name) AS erased' : ''}
    FROM sync_documents ORDER BY created_seq, name`;
  yield [parts.documents, jsonLines(rowsOf(database, documents))];
  yield [
    parts.clients,
    jsonLines(rowsOf(database, 'SELECT doc, client, actor FROM sync_clients ORDER BY doc, client')),
  ];
  yield [parts.log, jsonLines(logOf(database))];
}

/** A file that this version has not opened yet has no such table. */
const hasErasures = (database: Database): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'sync_erasures'`).get() !== undefined;

const rowsOf = (database: Database, sql: string): Iterable<unknown> => database.prepare(sql).iterate();

function* logOf(database: Database) {
  for (const { entry, isSound } of readSteps(database, 'main')) {
    if (!isSound) throw new OperateProblem(`Step ${entry.seq} of the log, of ${entry.doc}, is damaged.`);
    yield { ...entry, update: Buffer.from(entry.update).toString('base64') };
  }
}
