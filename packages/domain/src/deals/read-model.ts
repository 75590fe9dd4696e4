import { everybodys, thingOfDocumentSql, type RowOwners } from '../access/row-owners.ts';
import { columnsOf } from '@rapport/schema/columns';
import { dealFields } from './schema.ts';

const fieldColumns = Object.entries(dealFields)
  .flatMap(([key, spec]) => Object.entries(columnsOf(key, spec)))
  .map(([name, type]) => `${name} ${type}`);

/**
 * The read model of boards and deals: public, for any SQL tool that opens the file read-only. Rows are derived from
 * the log alone. Money is minor units with its currency beside it, instants epoch ms, dates YYYY-MM-DD, lists JSON.
 */
export const dealsReadModel: readonly string[] = [
  `CREATE TABLE boards (id TEXT PRIMARY KEY, doc TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE stages (board_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, colour TEXT NOT NULL, kind TEXT NOT NULL,
    probability REAL NOT NULL, rot_days REAL, rank TEXT NOT NULL, required TEXT NOT NULL, deleted_at INTEGER,
    PRIMARY KEY (board_id, id)) WITHOUT ROWID`,
  // `custom`: every key of the card that is no field of its own, as JSON; custom field definitions explain them.
  `CREATE TABLE deals (id TEXT PRIMARY KEY, doc TEXT NOT NULL, board_id TEXT NOT NULL, stage_id TEXT NOT NULL, rank TEXT NOT NULL,
    ${fieldColumns.join(', ')}, deleted_at INTEGER, custom TEXT) WITHOUT ROWID`,
  `CREATE INDEX deals_by_board ON deals (board_id, stage_id, rank)`,
  `CREATE INDEX deals_by_owner ON deals (owner)`,
  `CREATE INDEX deals_by_closed ON deals (closed_at)`,
  `CREATE INDEX deals_by_company ON deals (company)`,
  // Each entry into a stage; a visit ends with the deal's next entry.
  `CREATE TABLE stage_entries (deal_id TEXT NOT NULL, seq INTEGER NOT NULL, board_id TEXT NOT NULL, stage_id TEXT NOT NULL,
    entered_at INTEGER NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (deal_id, seq)) WITHOUT ROWID`,
  // The last touch by a person: what rotting counts from.
  `CREATE TABLE deal_touches (deal_id TEXT PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL) WITHOUT ROWID`,
  // Stubs of deals that moved on, into which somebody who was offline still wrote: to be carried after the deal.
  `CREATE TABLE stray_edits (doc TEXT NOT NULL, record TEXT NOT NULL, moved_to TEXT NOT NULL, actor TEXT NOT NULL,
    offline INTEGER NOT NULL, PRIMARY KEY (doc, record)) WITHOUT ROWID`,
  `CREATE TABLE data_quality (doc TEXT NOT NULL, record TEXT NOT NULL, field TEXT NOT NULL, problem TEXT NOT NULL, raw TEXT,
    PRIMARY KEY (doc, record, field)) WITHOUT ROWID`,
  // Who did what. id = seq × 65536 + position, so that it is the same at every rebuild and rises with time.
  `CREATE TABLE activity (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, agent TEXT, offline INTEGER NOT NULL,
    noun TEXT NOT NULL, doc TEXT NOT NULL, board_id TEXT, record TEXT NOT NULL, title TEXT, kind TEXT NOT NULL, field TEXT,
    "from" TEXT, "to" TEXT, value_minor INTEGER, value_currency TEXT)`,
  `CREATE INDEX activity_by_record ON activity (record, id)`,
  `CREATE INDEX activity_by_actor ON activity (actor, id)`,
];

/** The tables that all nouns write, `activity` and `data_quality`, are among them. */
export const dealsRowOwners: RowOwners = {
  boards: 'id',
  stages: 'board_id',
  deals: 'board_id',
  stage_entries: 'board_id',
  deal_touches: '(SELECT d.board_id FROM main.deals d WHERE d.id = deal_id)',
  activity: `coalesce(board_id, ${thingOfDocumentSql('doc')})`,
  stray_edits: thingOfDocumentSql('doc'),
  data_quality: `coalesce(${thingOfDocumentSql('doc')}, '${everybodys}')`,
};
