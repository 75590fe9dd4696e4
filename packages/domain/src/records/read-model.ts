import { columnsOf } from '@rapport/schema/columns';
import type { RowOwners } from '../access/row-owners.ts';
import type { RecordType } from './record-type.ts';

/**
 * A noun's table: public, for any SQL tool that opens the file read-only. Money is minor units with its currency beside
 * it, instants epoch ms, dates YYYY-MM-DD, lists JSON. `name` is what the record is called, never empty; `email` and
 * `phone` are its primary ones, `main_company` the id of its primary company, `touched_at` when the newest thing that was
 * logged happened, `edited_at` when anything of it last changed.
 */
export function recordReadModel({ plural, fields }: RecordType): readonly string[] {
  const columns = Object.entries(fields)
    .filter(([key]) => key !== 'name')
    .flatMap(([key, spec]) => Object.entries(columnsOf(key, spec)))
    .map(([name, type]) => `${name} ${type}`);
  return [
    // `custom`: every key of the record that is no field of its own, as JSON; custom field definitions explain them.
    `CREATE TABLE ${plural} (id TEXT PRIMARY KEY, doc TEXT NOT NULL, name TEXT NOT NULL, ${columns.join(', ')},
      email TEXT, phone TEXT, main_company TEXT, custom TEXT, touched_at INTEGER, edited_at INTEGER NOT NULL,
      edited_by TEXT NOT NULL, merged_into TEXT, deleted_at INTEGER) WITHOUT ROWID`,
    // With what decides whether a record is listed, so that any window of a long list is found in the index alone.
    `CREATE INDEX ${plural}_by_name ON ${plural} (name COLLATE NOCASE, id, deleted_at, merged_into)`,
    `CREATE INDEX ${plural}_by_owner ON ${plural} (owner)`,
    `CREATE INDEX ${plural}_by_company ON ${plural} (${Object.hasOwn(fields, 'parent') ? 'parent' : 'main_company'})`,
  ];
}

/** Tables that records of all nouns share. */
export const recordsReadModel: readonly string[] = [
  // Ways to reach a record. `normal` is what two spellings of one have in common; an address is its parts as JSON.
  `CREATE TABLE contact_points (record TEXT NOT NULL, id TEXT NOT NULL, noun TEXT NOT NULL, kind TEXT NOT NULL,
    type TEXT NOT NULL, value TEXT NOT NULL, normal TEXT NOT NULL, is_primary INTEGER NOT NULL,
    PRIMARY KEY (record, id)) WITHOUT ROWID`,
  `CREATE INDEX contact_points_by_value ON contact_points (normal, kind)`,
  // Each link once, from the record whose document holds it.
  `CREATE TABLE record_links (from_id TEXT NOT NULL, to_id TEXT NOT NULL, from_noun TEXT NOT NULL, to_noun TEXT NOT NULL,
    role TEXT NOT NULL, is_primary INTEGER NOT NULL, PRIMARY KEY (from_id, to_id)) WITHOUT ROWID`,
  `CREATE INDEX record_links_by_target ON record_links (to_id, from_noun)`,
  `CREATE TABLE consents (record TEXT NOT NULL, purpose TEXT NOT NULL, noun TEXT NOT NULL, state TEXT NOT NULL, at INTEGER,
    source TEXT NOT NULL, proof TEXT NOT NULL, PRIMARY KEY (record, purpose)) WITHOUT ROWID`,
  // What people logged. `by` is who is said to have done it; the activity feed knows who wrote it down.
  `CREATE TABLE timeline (record TEXT NOT NULL, id TEXT NOT NULL, noun TEXT NOT NULL, kind TEXT NOT NULL,
    at INTEGER NOT NULL, "by" TEXT, text TEXT NOT NULL, is_pinned INTEGER NOT NULL, deleted_at INTEGER,
    PRIMARY KEY (record, id)) WITHOUT ROWID`,
  `CREATE INDEX timeline_by_time ON timeline (record, at)`,
];

/** Of a deal its board's share decides. */
const thingOf = (end: 'from' | 'to'): string =>
  `CASE ${end}_noun WHEN 'deal' THEN (SELECT d.board_id FROM main.deals d WHERE d.id = ${end}_id) ELSE ${end}_id END`;

/** Whoever may not open one of a link's ends is not shown the link. */
export const recordsRowOwners: RowOwners = {
  contact_points: 'record',
  record_links: [thingOf('from'), thingOf('to')],
  consents: 'record',
  timeline: 'record',
};
