import { comparedCompanies } from '@rapport/domain/companies/compared';
import { comparedContacts } from '@rapport/domain/contacts/compared';
import type { ComparedRecords } from '@rapport/domain/duplicates/compared-records';
import type { FieldHolder, Reference } from '@rapport/domain/duplicates/merge-references.node';

/** Of what duplicates are looked for: a noun is one entry. Data only: the threads that read have it, too. */
export const compared: readonly ComparedRecords[] = [comparedContacts, comparedCompanies];

const ofCards = { root: 'cards' } as const;
const linkedDeals = `SELECT d.id, d.doc FROM record_links l JOIN deals d ON d.id = l.from_id WHERE l.to_id = ? AND l.from_noun = 'deal'`;

/** Where records name others by their id; links of companies and contacts are known without it. */
export const references: readonly Reference[] = [
  { ...ofCards, noun: 'company', sql: 'SELECT id, doc FROM deals WHERE company = ?', field: 'company' },
  { ...ofCards, noun: 'contact', sql: 'SELECT id, doc FROM deals WHERE contact = ?', field: 'contact' },
  { ...ofCards, noun: 'company', sql: linkedDeals, prefix: 'link:' },
  { ...ofCards, noun: 'contact', sql: linkedDeals, prefix: 'link:' },
  {
    noun: 'company',
    sql: 'SELECT id, doc FROM companies WHERE parent = ?',
    root: 'fields',
    isWhole: true,
    field: 'parent',
  },
];

/** Whose fields of the workspace's own may name records. */
export const fieldHolders: readonly FieldHolder[] = [
  { ...ofCards, noun: 'deal', table: 'deals' },
  { ...ofCards, noun: 'lead', table: 'leads' },
  { noun: 'contact', table: 'contacts', root: 'fields', isWhole: true },
  { noun: 'company', table: 'companies', root: 'fields', isWhole: true },
];
