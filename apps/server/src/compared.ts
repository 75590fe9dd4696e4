import { comparedCompanies } from '@rapport/domain/companies/compared';
import { comparedContacts } from '@rapport/domain/contacts/compared';
import type { ComparedRecords } from '@rapport/domain/duplicates/compared-records';
import type { Reference } from '@rapport/domain/duplicates/merge-references.node';

/** Of what duplicates are looked for: a noun is one entry. Data only: the threads that read have it, too. */
export const compared: readonly ComparedRecords[] = [comparedContacts, comparedCompanies];

/** Fields in which records name others by their id; links, which all records have, are known without it. */
export const references: readonly Reference[] = [
  { noun: 'company', table: 'deals', column: 'company', doc: 'doc', root: 'cards', field: 'company' },
  { noun: 'contact', table: 'deals', column: 'contact', doc: 'doc', root: 'cards', field: 'contact' },
  { noun: 'company', table: 'companies', column: 'parent', doc: 'doc', root: 'fields', field: 'parent', isWhole: true },
];
