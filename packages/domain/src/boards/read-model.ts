import { everybodys, thingOfDocumentSql, type RowOwners } from '../access/row-owners.ts';
import { columnsOf } from '@rapport/schema/columns';
import type { CardType } from './card-type.ts';

/**
 * The read model of boards and of what every noun writes: public, for any SQL tool that opens the file read-only. Rows
 * are derived from the log alone. Money is minor units with its currency beside it, instants epoch ms, dates
 * YYYY-MM-DD, lists JSON.
 */
export const boardsReadModel: readonly string[] = [
  `CREATE TABLE boards (id TEXT PRIMARY KEY, doc TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, currency TEXT NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE stages (board_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, colour TEXT NOT NULL, kind TEXT NOT NULL,
    probability REAL NOT NULL, rot_days REAL, rank TEXT NOT NULL, required TEXT NOT NULL, deleted_at INTEGER,
    PRIMARY KEY (board_id, id)) WITHOUT ROWID`,
  // Stubs of cards that moved on, into which somebody who was offline still wrote: to be carried after the card.
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
export const boardsRowOwners: RowOwners = {
  boards: 'id',
  stages: 'board_id',
  activity: `coalesce(board_id, ${thingOfDocumentSql('doc')})`,
  stray_edits: thingOfDocumentSql('doc'),
  data_quality: `coalesce(${thingOfDocumentSql('doc')}, '${everybodys}')`,
};

/** Tables of one kind of card: the cards, each entry into a stage, and the last touch by a person. */
export function cardReadModel({ kind, fields, tables, columnsBeside = {} }: CardType): readonly string[] {
  const columns = Object.entries(fields).flatMap(([key, spec]) => Object.entries(columnsOf(key, spec)));
  const named = [...columns, ...Object.entries(columnsBeside)].map(([name, type]) => `${name} ${type}`).join(', ');
  return [
    // `custom`: every key of the card that is no field of its own, as JSON; custom field definitions explain them.
    `CREATE TABLE ${kind} (id TEXT PRIMARY KEY, doc TEXT NOT NULL, board_id TEXT NOT NULL, stage_id TEXT NOT NULL, rank TEXT NOT NULL,
    ${named}, deleted_at INTEGER, custom TEXT) WITHOUT ROWID`,
    `CREATE INDEX ${kind}_by_board ON ${kind} (board_id, stage_id, rank)`,
    `CREATE INDEX ${kind}_by_owner ON ${kind} (owner)`,
    `CREATE INDEX ${kind}_by_closed ON ${kind} (closed_at)`,
    // Each entry into a stage; a visit ends with the card's next entry.
    `CREATE TABLE ${tables.entries} (${tables.id} TEXT NOT NULL, seq INTEGER NOT NULL, board_id TEXT NOT NULL, stage_id TEXT NOT NULL,
    entered_at INTEGER NOT NULL, actor TEXT NOT NULL, PRIMARY KEY (${tables.id}, seq)) WITHOUT ROWID`,
    // The last touch by a person: what rotting counts from.
    `CREATE TABLE ${tables.touches} (${tables.id} TEXT PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, what TEXT NOT NULL) WITHOUT ROWID`,
  ];
}

export const cardRowOwners = ({ kind, tables }: CardType): RowOwners => ({
  [kind]: 'board_id',
  [tables.entries]: 'board_id',
  [tables.touches]: `(SELECT c.board_id FROM main.${kind} c WHERE c.id = ${tables.id})`,
});
