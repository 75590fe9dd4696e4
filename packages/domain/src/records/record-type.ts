import type { FieldSpecs } from '@rapport/schema/fields';
import type { RawRecord } from '@rapport/doc/records';

/** What a noun of one-record documents (a contact, a company) says of itself; all else is the kit's. */
export interface RecordType {
  /** As activity, search and shares name it; documents are `<noun>/<id>`. */
  readonly noun: string;
  /** Its table and its path in the API. */
  readonly plural: string;
  /** For people, in sentences: `a contact`. */
  readonly article: string;
  readonly fields: FieldSpecs;
  /** What it is called, from the values of its fields and its primary e-mail; never empty. */
  readonly nameOf: (values: Readonly<Record<string, unknown>>, email: string | null) => string;
  /** The fields that a name as one text stands for. */
  readonly namedBy: (name: string) => Readonly<Record<string, string | null>>;
}

/** Root maps of a record's document. Entries of all but `timeline` are values keyed by what they are about. */
export const roots = {
  meta: 'meta',
  /** Field key → value; also what no field is: see {@link structuralKeys}. */
  fields: 'fields',
  /** Id → {@link Point}. */
  points: 'points',
  /** Id of the other record → {@link Link}. */
  links: 'links',
  /** Purpose → {@link Consent}. */
  consent: 'consent',
  /** Id → record of a logged call, meeting, e-mail, note. */
  timeline: 'timeline',
} as const;

/** The layout that this program writes, in `meta.schema`. */
export const recordSchema = 1;

/** Keys of `fields` that are no fields of their own. */
export const structuralKeys: ReadonlySet<string> = new Set([
  'primaryEmail',
  'primaryPhone',
  'primaryAddress',
  'primaryCompany',
  'deletedAt',
  'purgedAt',
  'mergedInto',
]);

export const documentOf = (type: RecordType, id: string): string => `${type.noun}/${id}`;
export const recordIdOf = (doc: string): string => doc.slice(doc.indexOf('/') + 1);

/** Keys of a record that only custom field definitions can explain. */
export const customKeysOf = (type: RecordType, raw: RawRecord): string[] =>
  Object.keys(raw).filter((key) => !Object.hasOwn(type.fields, key) && !structuralKeys.has(key));
