import type { ComparedRecords } from '../duplicates/compared-records.ts';

/** By what two companies are found to be one. */
export const comparedCompanies: ComparedRecords = {
  noun: 'company',
  table: 'companies',
  title: 'name',
  columns: { names: ['name'], sites: ['website', 'domain'], codes: ['external_id'] },
  texts: [
    { as: 'emails', sql: `SELECT record, value AS text FROM contact_points WHERE noun = 'company' AND kind = 'email'` },
    { as: 'phones', sql: `SELECT record, value AS text FROM contact_points WHERE noun = 'company' AND kind = 'phone'` },
    {
      as: 'addresses',
      sql: `SELECT record, value AS text FROM contact_points WHERE noun = 'company' AND kind = 'address'`,
      isJson: true,
    },
  ],
  isCompared: 'deleted_at IS NULL AND merged_into IS NULL',
};
