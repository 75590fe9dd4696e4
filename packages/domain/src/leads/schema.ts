import type { FieldSpecs, ValuesOf } from '@rapport/schema/fields';
import {
  email,
  instant,
  longText,
  money,
  multiSelect,
  person,
  phone,
  planned,
  select,
  text,
  url,
} from '@rapport/schema/fields';

/** The fields of a lead, without its place on the board. The score is derived from them and never stored. */
export const leadFields = {
  /** One line: the name and the company, when a form makes it. */
  title: text({ label: 'Title', required: true, max: 300 }),
  name: text({ label: 'Name', max: 200 }),
  companyName: text({ label: 'Company', max: 300 }),
  email: email({ label: 'E-mail' }),
  phone: phone({ label: 'Phone' }),
  owner: person({ label: 'Owner' }),
  source: select({ label: 'Source', options: [], open: true }),
  value: money({ label: 'Value' }),
  nextActivity: planned({ label: 'Next activity' }),
  labels: multiSelect({ label: 'Labels', options: [], open: true }),
  message: longText({ label: 'Message' }),
  jobTitle: text({ label: 'Job title', max: 200 }),
  website: url({ label: 'Website' }),
  country: text({ label: 'Country', max: 100 }),
  lostReason: text({ label: 'Reason' }),
  utmSource: text({ label: 'UTM source', max: 300 }),
  utmMedium: text({ label: 'UTM medium', max: 300 }),
  utmCampaign: text({ label: 'UTM campaign', max: 300 }),
  utmTerm: text({ label: 'UTM term', max: 300 }),
  utmContent: text({ label: 'UTM content', max: 300 }),
  referrer: url({ label: 'Came from' }),
  landingPage: url({ label: 'Landing page' }),
  /** Id of the form that made it. */
  form: text({ label: 'Form', max: 64 }),
  /** One sentence, written by the server. */
  assignedWhy: text({ label: 'Why this owner', max: 500 }),
  createdAt: instant({ label: 'Created' }),
  closedAt: instant({ label: 'Closed' }),
} satisfies FieldSpecs;

export type LeadFields = typeof leadFields;
export type LeadField = keyof LeadFields;
export type LeadValues = ValuesOf<LeadFields>;

/** What a person may type in; the rest is known from where the lead came. */
export const editableLeadFields: readonly LeadField[] = [
  'title',
  'name',
  'companyName',
  'email',
  'phone',
  'jobTitle',
  'website',
  'country',
  'owner',
  'source',
  'value',
  'nextActivity',
  'labels',
  'message',
  'lostReason',
  'createdAt',
  'closedAt',
];

/** Ids of what a lead became; null where the conversion made none. Kept on the card as one value. */
export interface Converted {
  readonly company: string | null;
  readonly contact: string | null;
  readonly deal: string | null;
}

/** Key of a card that holds the consent for one purpose, as records have it: {state, source, at, proof}. */
export const consentKey = (purpose: string): string => `consent:${purpose}`;
