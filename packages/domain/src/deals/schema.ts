import type { FieldSpecs, FieldValue, ValuesOf } from '@rapport/schema/fields';
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
export interface Deal extends DealValues {
  readonly id: string;
  /** Id of a stage that may not exist (any more): such a deal is shown under "Unassigned". */
  readonly stageId: string;
  readonly rank: string;
  readonly deletedAt: number | null;
  /** Document that this deal moved to (archive or another pipeline); then only a stub is left here. */
  readonly movedTo: string | null;
  /** Ids of the records that `company` and `contact` name, on screens that show the names. */
  readonly companyId?: string;
  readonly contactId?: string;
  /** Values of custom fields by key, checked against their specs. */
  readonly custom: Readonly<Record<string, FieldValue | null>>;
}

export type StageKind = 'open' | 'won' | 'lost';

export interface Stage {
  readonly id: string;
  readonly name: string;
  /** '1'–'12', one of the palette; '' is grey. Shows only in the stage's ring. */
  readonly colour: string;
  readonly kind: StageKind;
  /** Percent, 0–100. */
  readonly probability: number;
  /** Days without a human touch until a deal rots; null: never. */
  readonly rotDays: number | null;
  readonly rank: string;
  /** Keys of fields that a deal needs before it may enter. */
  readonly required: readonly string[];
  readonly deletedAt: number | null;
}

export type BoardKind = 'deals' | 'leads' | 'tickets' | 'tasks';

export interface BoardMeta {
  readonly schema: number;
  readonly name: string;
  readonly kind: BoardKind;
  /** ISO 4217; sums are in it, cards in other currencies are marked and left out. */
  readonly currency: string;
}

export const boardSchemaVersion = 1;
/** Where deals stand whose stage does not exist. */
export const unassigned = '';

export interface NewStage {
  readonly name: string;
  readonly kind?: StageKind;
  readonly probability?: number;
  readonly rotDays?: number | null;
  readonly colour?: string;
  readonly required?: readonly string[];
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
