import type { FieldSpecs } from '@rapport/schema/fields';
import { date, instant, longText, multiSelect, person, planned, reference, select, text } from '@rapport/schema/fields';
import type { RecordType } from '../records/record-type.ts';

/** The fields of a contact; what it has several of (e-mails, phones, addresses, companies) stands beside them. */
const contactFields = {
  firstName: text({ label: 'First name', max: 200 }),
  lastName: text({ label: 'Last name', max: 200 }),
  jobTitle: text({ label: 'Job title', max: 200 }),
  department: text({ label: 'Department', max: 200 }),
  owner: person({ label: 'Owner' }),
  team: reference({ label: 'Team', noun: 'team' }),
  lifecycle: select({
    label: 'Stage',
    open: true,
    options: [
      { id: 'subscriber', label: 'Subscriber' },
      { id: 'lead', label: 'Lead' },
      { id: 'prospect', label: 'Prospect' },
      { id: 'customer', label: 'Customer' },
      { id: 'former', label: 'Former customer' },
      { id: 'partner', label: 'Partner' },
    ],
  }),
  tags: multiSelect({ label: 'Tags', options: [], open: true }),
  source: select({ label: 'Source', options: [], open: true }),
  language: text({ label: 'Language', max: 60 }),
  birthday: date({ label: 'Birthday' }),
  preferredChannel: select({
    label: 'Prefers',
    options: [
      { id: 'email', label: 'E-mail' },
      { id: 'phone', label: 'Phone' },
      { id: 'message', label: 'Message' },
      { id: 'post', label: 'Post' },
      { id: 'none', label: 'No contact' },
    ],
  }),
  nextActivity: planned({ label: 'Next activity' }),
  description: longText({ label: 'Description' }),
  /** Id in the system that it came from. */
  externalId: text({ label: 'External id', max: 200 }),
  createdAt: instant({ label: 'Created' }),
} satisfies FieldSpecs;

const part = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A name as one text: the last word is the last name, unless it is the only one. */
function namedBy(name: string): { firstName: string | null; lastName: string | null } {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length < 2) return { firstName: words[0] ?? null, lastName: null };
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? null };
}

/** People: a document each, `contact/<id>`. */
export const contactType: RecordType = {
  noun: 'contact',
  plural: 'contacts',
  article: 'a contact',
  fields: contactFields,
  nameOf: (values, email) =>
    [part(values.firstName), part(values.lastName)].filter((each) => each !== '').join(' ') ||
    email ||
    'Unnamed contact',
  namedBy,
};
