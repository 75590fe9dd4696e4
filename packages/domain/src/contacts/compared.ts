import type { ComparedRecords } from '../duplicates/compared-records.ts';

/** By what two contacts are found to be one person. */
export const comparedContacts: ComparedRecords = {
  noun: 'contact',
  table: 'contacts',
  title: 'name',
  columns: { names: ['first_name', 'last_name'], dates: ['birthday'], codes: ['external_id'] },
  texts: [
    { as: 'emails', sql: `SELECT record, value AS text FROM contact_points WHERE noun = 'contact' AND kind = 'email'` },
    { as: 'phones', sql: `SELECT record, value AS text FROM contact_points WHERE noun = 'contact' AND kind = 'phone'` },
    {
      as: 'addresses',
      sql: `SELECT record, value AS text FROM contact_points WHERE noun = 'contact' AND kind = 'address'`,
      isJson: true,
    },
    {
      as: 'companies',
      sql: `SELECT l.from_id AS record, c.name AS text FROM record_links l JOIN companies c ON c.id = l.to_id WHERE l.from_noun = 'contact'`,
    },
  ],
  isCompared: 'deleted_at IS NULL AND merged_into IS NULL',
};
