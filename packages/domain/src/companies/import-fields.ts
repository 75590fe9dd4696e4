import { text } from '@rapport/schema/fields';
import { ownFields } from '../imports/own-fields.ts';
import { pointFields } from '../imports/points.ts';
import type { RecordImport } from '../imports/record-import.ts';
import type { RecordDraft } from '../imports/record-noun.ts';
import { companyType } from './schema.ts';
import { comparedCompanies } from './compared.ts';

/** What other programs call the fields, English and German; a field that is not here is known by its label. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  name: [
    'company name',
    'company',
    'account',
    'account name',
    'organization',
    'organisation',
    'organization name',
    'customer',
    'client',
    'firma',
    'firmenname',
    'unternehmen',
    'kunde',
  ],
  domain: ['domain name', 'company domain', 'company domain name', 'website domain'],
  website: ['url', 'web site', 'web', 'homepage', 'website url', 'company website', 'domain name link url', 'webseite'],
  industry: ['sector', 'industry group', 'primary industry', 'organization industry', 'branche', 'sektor'],
  employees: [
    'number of employees',
    'no of employees',
    'employee count',
    'headcount',
    'company size',
    'mitarbeiter',
    'mitarbeiterzahl',
  ],
  revenue: ['annual revenue', 'revenue', 'arr', 'arr amount', 'annual recurring revenue', 'umsatz', 'jahresumsatz'],
  owner: [
    'company owner',
    'account owner',
    'organization owner',
    'owner name',
    'owner email',
    'sales rep',
    'account manager',
    'assigned to',
    'besitzer',
    'inhaber',
    'betreuer',
    'zuständig',
    'verantwortlich',
  ],
  founded: ['year founded', 'year established', 'founded year', 'established', 'gründungsjahr', 'gegründet'],
  lifecycle: [
    'lifecycle stage',
    'lifecycle',
    'type',
    'company type',
    'account type',
    'organization type',
    'relationship',
    'status',
  ],
  source: ['lead source', 'account source', 'original source', 'quelle', 'herkunft'],
  tags: ['tag', 'labels', 'label', 'organization label', 'organization labels', 'categories', 'schlagworte'],
  externalId: [
    'id',
    'company id',
    'account id',
    'organization id',
    'record id',
    'record id company',
    'account number',
    'customer number',
    'customer no',
    'cust no',
    'kundennummer',
  ],
  description: [
    'notes',
    'note',
    'about',
    'about us',
    'comment',
    'comments',
    'account description',
    'beschreibung',
    'notizen',
    'bemerkung',
  ],
  createdAt: [
    'create date',
    'created date',
    'created time',
    'created at',
    'creation date',
    'date created',
    'organization created',
    'erstellt',
    'erstellt am',
    'angelegt am',
  ],
};

/** A company without a name is nobody. */
const refine = (draft: RecordDraft): RecordDraft | null =>
  typeof draft.values.name === 'string' && draft.values.name.trim() !== '' ? draft : null;

/** How companies are imported. */
export const companyImport: RecordImport = {
  noun: 'companies',
  type: companyType,
  compared: comparedCompanies,
  fields: {
    ...ownFields(companyType, synonyms),
    ...pointFields(),
    /** ISO 4217 code of the row's revenue. */
    currency: {
      spec: text({ label: 'Currency', max: 10 }),
      synonyms: [
        'annual revenue currency',
        'revenue currency',
        'currency code',
        'currency iso code',
        'waehrung',
        'währung',
      ],
    },
  },
  refine,
};
