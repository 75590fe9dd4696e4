import type { FieldSpecs } from '@rapport/schema/fields';
import {
  instant,
  longText,
  money,
  multiSelect,
  number,
  person,
  planned,
  reference,
  select,
  text,
  url,
} from '@rapport/schema/fields';
import type { RecordType } from '../records/record-type.ts';

/** The fields of a company; what it has several of (e-mails, phones, addresses) stands beside them. */
const companyFields = {
  name: text({ label: 'Name', required: true, max: 300 }),
  website: url({ label: 'Website' }),
  domain: text({ label: 'Domain', max: 253 }),
  industry: select({ label: 'Industry', options: [], open: true }),
  employees: number({ label: 'Employees', min: 0, integer: true }),
  revenue: money({ label: 'Annual revenue' }),
  founded: number({ label: 'Founded', min: 1, max: 9999, integer: true }),
  parent: reference({ label: 'Part of', noun: 'company' }),
  owner: person({ label: 'Owner' }),
  team: reference({ label: 'Team', noun: 'team' }),
  lifecycle: select({
    label: 'Stage',
    open: true,
    options: [
      { id: 'lead', label: 'Lead' },
      { id: 'prospect', label: 'Prospect' },
      { id: 'customer', label: 'Customer' },
      { id: 'former', label: 'Former customer' },
      { id: 'partner', label: 'Partner' },
      { id: 'supplier', label: 'Supplier' },
    ],
  }),
  tags: multiSelect({ label: 'Tags', options: [], open: true }),
  source: select({ label: 'Source', options: [], open: true }),
  nextActivity: planned({ label: 'Next activity' }),
  description: longText({ label: 'Description' }),
  /** Id in the system that it came from. */
  externalId: text({ label: 'External id', max: 200 }),
  createdAt: instant({ label: 'Created' }),
} satisfies FieldSpecs;

/** Companies: a document each, `company/<id>`. */
export const companyType: RecordType = {
  noun: 'company',
  plural: 'companies',
  article: 'a company',
  fields: companyFields,
  nameOf: (values) => (typeof values.name === 'string' && values.name.trim() !== '' ? values.name : 'Unnamed company'),
  namedBy: (name) => ({ name: name.trim() === '' ? null : name }),
};
