import { checkbox, text } from '@rapport/schema/fields';
import { ownFields } from '../imports/own-fields.ts';
import { pointFields } from '../imports/points.ts';
import type { RecordImport } from '../imports/record-import.ts';
import type { RecordDraft } from '../imports/record-noun.ts';
import type { ImportFields } from '../imports/target.ts';
import { contactType } from './schema.ts';
import { comparedContacts } from './compared.ts';

/** Columns that are no field of their own: they are put together to some. */
const pseudo: ImportFields = {
  name: {
    spec: text({ label: 'Name (first and last)', max: 300 }),
    synonyms: [
      'name',
      'full name',
      'contact name',
      'contact',
      'person',
      'person name',
      'people name',
      'display name',
      'vollständiger name',
      'ansprechpartner',
      'kontakt',
      'kontaktperson',
    ],
  },
  middleName: {
    spec: text({ label: 'Middle name', max: 100 }),
    synonyms: ['second name', 'additional name', 'zweiter vorname'],
  },
  'consent:newsletter': {
    spec: checkbox({ label: 'Newsletter: may be written to' }),
    synonyms: [
      'newsletter',
      'has newsletter',
      'email opt in',
      'opt in',
      'nl opt in',
      'newsletter opt in',
      'subscribed',
      'marketing consent',
      'email subscribed',
    ],
  },
  'optOut:newsletter': {
    spec: checkbox({ label: 'Newsletter: must not be written to' }),
    synonyms: [
      'email opt out',
      'has opted out of email',
      'opted out of email',
      'unsubscribed from all email',
      'unsubscribed',
      'do not email',
    ],
  },
};

/** What other programs call the fields, English and German; a field that is not here is known by its label. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  firstName: ['given name', 'forename', 'person first name', 'name first name', 'vorname', 'rufname'],
  lastName: ['surname', 'family name', 'person last name', 'name last name', 'nachname', 'familienname'],
  jobTitle: [
    'title',
    'job',
    'position',
    'person job title',
    'role',
    'occupation',
    'organization title',
    'titel',
    'funktion',
    'berufsbezeichnung',
    'stellung',
  ],
  department: ['organization department', 'team name', 'abteilung', 'bereich'],
  owner: [
    'contact owner',
    'person owner',
    'owner name',
    'owner email',
    'sales',
    'sales owner',
    'sales rep',
    'account owner',
    'account manager',
    'assigned to',
    'besitzer',
    'inhaber',
    'betreuer',
    'zuständig',
    'verantwortlich',
  ],
  lifecycle: ['lifecycle stage', 'lifecycle', 'contact stage', 'contact status', 'status', 'relationship'],
  source: ['lead source', 'original source', 'contact source', 'person source', 'quelle', 'herkunft', 'lead quelle'],
  tags: [
    'tag',
    'labels',
    'label',
    'person label',
    'person labels',
    'categories',
    'category',
    'group membership',
    'schlagworte',
    'kategorien',
    'etiketten',
  ],
  language: ['preferred language', 'sprache'],
  preferredChannel: ['preferred contact method', 'contact by', 'bevorzugter kanal'],
  birthday: ['birthdate', 'birth date', 'date of birth', 'bday', 'geburtstag', 'geburtsdatum'],
  externalId: [
    'id',
    'uid',
    'contact id',
    'record id',
    'record id contact',
    'person id',
    'customer number',
    'customer no',
    'cust no',
    'kundennummer',
    'kontakt id',
  ],
  description: [
    'notes',
    'note',
    'background',
    'comment',
    'comments',
    'contact description',
    'about',
    'beschreibung',
    'notiz',
    'notizen',
    'kommentar',
    'bemerkung',
  ],
  createdAt: [
    'create date',
    'created date',
    'created time',
    'created at',
    'creation date',
    'date created',
    'person created',
    'contact created',
    'first seen',
    'added',
    'since',
    'erstellt',
    'erstellt am',
    'angelegt am',
    'seit',
  ],
};

const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw.trim() : '');

/** `Doe, Jane` and `Jane Doe`: the fields that a full name stands for. */
function namesOf(full: string): Readonly<Record<string, string | null>> {
  const [last = '', first, ...rest] = full.split(',').map((part) => part.trim());
  return first !== undefined && first !== '' && rest.length === 0
    ? { firstName: first, lastName: last }
    : contactType.namedBy(full);
}

function refine({ values, ...draft }: RecordDraft): RecordDraft | null {
  const { name, middleName, firstName, lastName, ...others } = values;
  const [first, last] = [textOf(firstName), textOf(lastName)];
  const full = textOf(name);
  const given: Record<string, string | null> =
    first === '' && last === '' && full !== '' ? namesOf(full) : { firstName: first, lastName: last };
  const names = {
    firstName: [given.firstName ?? '', textOf(middleName)].filter((part) => part !== '').join(' '),
    lastName: given.lastName ?? '',
  };
  const said = Object.fromEntries(Object.entries(names).filter(([, part]) => part !== ''));
  const reachable = draft.points.some(({ kind }) => kind !== 'address');
  if (Object.keys(said).length === 0 && !reachable) return null;
  return { ...draft, values: { ...others, ...said } };
}

/** How contacts are imported. */
export const contactImport: RecordImport = {
  noun: 'contacts',
  type: contactType,
  compared: comparedContacts,
  fields: { ...ownFields(contactType, synonyms), ...pseudo, ...pointFields() },
  refine,
};
