import type { ComparedRecords } from '../duplicates/compared-records.ts';
import { comparedPoints, isHereSql } from '../records/found-by-points.ts';

/** By what two contacts are found to be one person. */
export const comparedContacts: ComparedRecords = {
  noun: 'contact',
  table: 'contacts',
  title: 'name',
  columns: { names: ['first_name', 'last_name'], dates: ['birthday'], codes: ['external_id'] },
  texts: [
    ...comparedPoints('contact'),
    {
      as: 'companies',
      sql: `SELECT l.from_id AS record, c.name AS text FROM record_links l JOIN companies c ON c.id = l.to_id WHERE l.from_noun = 'contact'`,
    },
  ],
  isCompared: isHereSql,
};
