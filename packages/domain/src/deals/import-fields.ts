import { date, instant, select, text } from '@rapport/schema/fields';
import type { CustomField } from '../custom-fields.ts';
import type { ImportField, ImportFields } from '../imports/target.ts';
import { dealFields } from './schema.ts';

/** Columns of a file that are no field of their own: they decide about others. */
const pseudoFields = {
  /** Name of a stage; `Won`, `Closed lost`, `Gewonnen`… mean the board's won or lost stage. */
  stage: {
    spec: select({ label: 'Stage', options: [], open: true }),
    synonyms: [
      'deal stage',
      'pipeline stage',
      'stage name',
      'sales stage',
      'phase',
      'stufe',
      'verkaufsphase',
      'vertriebsphase',
    ],
  },
  /** Open, won or lost where a program keeps it beside the stage (Pipedrive). */
  status: {
    spec: select({ label: 'Status', options: [], open: true }),
    synonyms: ['deal status', 'state', 'ergebnis'],
  },
  /** The day of closing: expected while the deal is open, real once it is closed. */
  closeDate: {
    spec: instant({ label: 'Close date' }),
    synonyms: ['close date', 'closing date', 'closed date', 'abschlussdatum', 'abschluss', 'schlusstermin'],
  },
  /** ISO 4217 code of the row's value. */
  currency: {
    spec: text({ label: 'Currency', max: 10 }),
    synonyms: [
      'deal currency',
      'value currency',
      'amount currency',
      'currency code',
      'currency iso code',
      'currency of value',
      'waehrung',
      'währung',
    ],
  },
} satisfies ImportFields;

const known: ImportFields = {
  title: {
    spec: dealFields.title,
    synonyms: [
      'name',
      'deal name',
      'opportunity name',
      'opportunity',
      'deal',
      'potential name',
      'subject',
      'titel',
      'bezeichnung',
      'betreff',
      'verkaufschance',
      'dealname',
    ],
  },
  value: {
    spec: dealFields.value,
    synonyms: [
      'amount',
      'deal value',
      'close value',
      'revenue',
      'deal amount',
      'expected revenue',
      'total',
      'price',
      'wert',
      'betrag',
      'summe',
      'umsatz',
      'volumen',
      'auftragswert',
      'dealwert',
    ],
  },
  company: {
    spec: dealFields.company,
    synonyms: [
      'account',
      'account name',
      'organization',
      'organisation',
      'organization name',
      'associated company',
      'associated company primary',
      'company name',
      'customer',
      'client',
      'org',
      'firma',
      'unternehmen',
      'kunde',
      'konto',
      'accountname',
    ],
  },
  contact: {
    spec: dealFields.contact,
    synonyms: [
      'contact name',
      'contact person',
      'person',
      'primary contact',
      'associated contact',
      'ansprechpartner',
      'kontakt',
      'kontaktperson',
    ],
  },
  owner: {
    spec: dealFields.owner,
    synonyms: [
      'deal owner',
      'opportunity owner',
      'owner name',
      'owner email',
      'sales agent',
      'sales rep',
      'salesperson',
      'sales person',
      'rep',
      'agent',
      'assigned to',
      'assignee',
      'responsible',
      'account manager',
      'account executive',
      'besitzer',
      'inhaber',
      'zustaendig',
      'zuständig',
      'verantwortlich',
      'verkaeufer',
      'verkäufer',
      'betreuer',
      'bearbeiter',
    ],
  },
  expectedClose: {
    // Its label on screen is “Close date”, which in a file is the real one, too.
    spec: date({ label: 'Expected close date' }),
    synonyms: [
      'expected close date',
      'expected close',
      'expected closing date',
      'forecast close date',
      'erwartetes abschlussdatum',
      'erwarteter abschluss',
      'voraussichtlicher abschluss',
    ],
  },
  closedAt: {
    spec: dealFields.closedAt,
    synonyms: [
      'closed at',
      'closed on',
      'deal closed on',
      'won time',
      'lost time',
      'won date',
      'date closed',
      'geschlossen am',
      'abgeschlossen am',
      'gewonnen am',
    ],
  },
  createdAt: {
    spec: dealFields.createdAt,
    synonyms: [
      'create date',
      'created date',
      'created time',
      'created on',
      'created at',
      'date created',
      'deal created',
      'add time',
      'engage date',
      'open date',
      'opened',
      'start date',
      'erstellt',
      'erstellt am',
      'erstelldatum',
      'angelegt',
      'angelegt am',
      'erstellungsdatum',
      'seit',
    ],
  },
  lostReason: {
    spec: dealFields.lostReason,
    synonyms: [
      'closed lost reason',
      'lost reason',
      'loss reason',
      'reason for loss',
      'reason lost',
      'verlustgrund',
      'grund',
      'ablehnungsgrund',
    ],
  },
  labels: { spec: dealFields.labels, synonyms: ['label', 'tags', 'tag', 'schlagworte', 'etiketten', 'kennzeichen'] },
  source: {
    spec: dealFields.source,
    synonyms: [
      'lead source',
      'deal source',
      'original source',
      'source channel',
      'channel',
      'quelle',
      'lead quelle',
      'herkunft',
      'leadquelle',
    ],
  },
  description: {
    spec: dealFields.description,
    synonyms: [
      'notes',
      'note',
      'comment',
      'comments',
      'deal description',
      'details',
      'beschreibung',
      'notiz',
      'notizen',
      'kommentar',
      'bemerkung',
    ],
  },
  nextActivity: {
    spec: dealFields.nextActivity,
    synonyms: ['next step', 'next activity', 'naechster schritt', 'nächster schritt', 'nächste aktivität'],
  },
};

/** Fields that a column of a deals file can go to; custom ones are found by their label, and win over the rest. */
export function dealImportFields(custom: readonly CustomField[]): ImportFields {
  const own: Record<string, ImportField> = {};
  for (const { key, spec } of custom) own[key] = { spec, synonyms: [] };
  return { ...own, ...known, ...pseudoFields };
}
