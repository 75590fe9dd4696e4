import type { FieldSpecs, ValuesOf } from '@rapport/schema/fields';
import {
  date,
  instant,
  longText,
  money,
  multiSelect,
  person,
  planned,
  reference,
  select,
  text,
} from '@rapport/schema/fields';
import type { Card } from '../boards/card-type.ts';
import type { NewStage } from '../boards/schema.ts';

/** The fields of a deal, without its place on the board. Custom fields come from the workspace and follow the same path. */
export const dealFields = {
  title: text({ label: 'Title', required: true, max: 300 }),
  value: money({ label: 'Value' }),
  company: reference({ label: 'Company', noun: 'company' }),
  contact: reference({ label: 'Contact', noun: 'contact' }),
  owner: person({ label: 'Owner' }),
  expectedClose: date({ label: 'Close date' }),
  nextActivity: planned({ label: 'Next activity' }),
  labels: multiSelect({ label: 'Labels', options: [], open: true }),
  source: select({ label: 'Source', options: [], open: true }),
  description: longText({ label: 'Description' }),
  lostReason: text({ label: 'Lost reason' }),
  createdAt: instant({ label: 'Created' }),
  closedAt: instant({ label: 'Closed' }),
} satisfies FieldSpecs;

export type DealFields = typeof dealFields;
export type DealField = keyof DealFields;
export type DealValues = ValuesOf<DealFields>;

/** What a person may type in; the rest follows from moves. */
export const editableDealFields: readonly DealField[] = [
  'title',
  'value',
  'company',
  'contact',
  'owner',
  'expectedClose',
  'nextActivity',
  'labels',
  'source',
  'description',
  'lostReason',
  'createdAt',
  'closedAt',
];

/** A deal as read from its document: total, every field present. */
export interface Deal extends Card, DealValues {
  /** Ids of the records that `company` and `contact` name, on screens that show the names. */
  readonly companyId?: string;
  readonly contactId?: string;
}

export const defaultStages: readonly NewStage[] = [
  { name: 'Qualified', probability: 10, rotDays: 14, colour: '8' },
  { name: 'Meeting', probability: 30, rotDays: 14, colour: '7' },
  { name: 'Proposal', probability: 50, rotDays: 21, colour: '3' },
  { name: 'Negotiation', probability: 75, rotDays: 21, colour: '10' },
  { name: 'Verbal yes', probability: 90, rotDays: 14, colour: '5' },
  { name: 'Won', kind: 'won', probability: 100, rotDays: null, colour: '5' },
  { name: 'Lost', kind: 'lost', probability: 0, rotDays: null, colour: '1' },
];
