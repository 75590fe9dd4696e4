import { rawRecord, rootRecord, recordMap, type RawRecord } from '@rapport/doc/records';
import type { FieldSpecs, FieldValue } from '@rapport/schema/fields';
import { readValue } from '@rapport/schema/read-value';
import type * as Y from 'yjs';
import { pointLimit, readPoint, type Point, type PointKind } from './point.ts';
import { idOf, instantOf, isRecord, textOf } from './read-text.ts';
import { roots, type RecordType } from './record-type.ts';

/** What a record is to another: `role` in their words ('' when nobody said). */
export interface Link {
  readonly noun: string;
  readonly role: string;
}

export const consentStates = ['granted', 'denied', 'withdrawn', 'pending'] as const;
export type ConsentState = (typeof consentStates)[number];

/** Whether somebody may be contacted for a purpose, since when, from where that is known, and its proof. */
export interface Consent {
  readonly state: ConsentState;
  readonly at: number | null;
  readonly source: string;
  readonly proof: string;
}

/** Something odd in a record: shown as a data-quality row, never as an error. */
export interface Problem {
  readonly field: string;
  readonly problem: string;
  readonly raw: unknown;
}

/** A record as read from its document: total, whatever anybody wrote. */
export interface RecordState {
  readonly name: string;
  /** Every field of the type and every known custom field, null where empty. */
  readonly values: Readonly<Record<string, FieldValue | null>>;
  /** In the order of their ids. */
  readonly points: ReadonlyMap<string, Point>;
  readonly links: ReadonlyMap<string, Link>;
  readonly consent: ReadonlyMap<string, Consent>;
  /** Ids of the points of each kind, and of the company, that come first; null where there is none. */
  readonly primary: Readonly<Record<PointKind | 'company', string | null>>;
  readonly deletedAt: number | null;
  /** The record that this one was merged into. */
  readonly mergedInto: string | null;
}

/** A record's root maps as plain values. */
export interface RawState {
  readonly fields: RawRecord;
  readonly points: RawRecord;
  readonly links: RawRecord;
  readonly consent: RawRecord;
}

const rawOf = (doc: Y.Doc, root: string): RawRecord => {
  const map = recordMap(doc, root, rootRecord);
  return map === null ? Object.create(null) : rawRecord(map);
};

export const rawState = (doc: Y.Doc): RawState => ({
  fields: rawOf(doc, roots.fields),
  points: rawOf(doc, roots.points),
  links: rawOf(doc, roots.links),
  consent: rawOf(doc, roots.consent),
});

/** In the order of their keys: two copies of one document may hold them in different ones. */
const inOrder = (raw: RawRecord): [string, unknown][] => Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1));

export function readLink(raw: unknown): Link | null {
  if (!isRecord(raw)) return null;
  const noun = textOf(raw.noun, 40);
  return noun === null ? null : { noun, role: textOf(raw.role, 100) ?? '' };
}

export function readConsent(raw: unknown): Consent | null {
  if (!isRecord(raw)) return null;
  const state = consentStates.find((each) => each === raw.state);
  if (state === undefined) return null;
  return {
    state,
    at: instantOf(raw.at),
    source: textOf(raw.source, 500) ?? '',
    proof: textOf(raw.proof, 2000) ?? '',
  };
}

/** Reads each entry of a root; what cannot be read, or is beyond the limit, is told and left out. */
function entriesOf<V>(
  root: string,
  raw: RawRecord,
  keyOf: (key: string) => string | null,
  read: (raw: unknown) => V | null,
  report: (problem: Problem) => void,
): Map<string, V> {
  const found = new Map<string, V>();
  for (const [key, value] of inOrder(raw)) {
    const entry = keyOf(key) === null || found.size >= pointLimit ? null : read(value);
    if (entry !== null) found.set(key, entry);
    else report({ field: `${root}:${key.slice(0, 60)}`.toWellFormed(), problem: 'cannot be read', raw: value });
  }
  return found;
}

/** Reads a record that anybody may have written. Pure and total; what was odd goes to `report`. */
export function readState(
  type: RecordType,
  raw: RawState,
  custom: FieldSpecs = {},
  report: (problem: Problem) => void = () => {},
): RecordState {
  const values: Record<string, FieldValue | null> = {};
  for (const [key, spec] of [...Object.entries(type.fields), ...Object.entries(custom)]) {
    const { value, problem } = readValue(spec, raw.fields[key]);
    values[key] = value;
    if (problem !== undefined) report({ field: key, problem, raw: raw.fields[key] });
  }
  const points = entriesOf('points', raw.points, idOf, readPoint, report);
  const links = entriesOf('links', raw.links, idOf, readLink, report);
  const consent = entriesOf('consent', raw.consent, (key) => textOf(key, 60), readConsent, report);
  // The one that was chosen, else the first of its kind.
  const firstOf = (kind: PointKind, key: string): string | null => {
    const chosen = raw.fields[key];
    if (typeof chosen === 'string' && points.get(chosen)?.kind === kind) return chosen;
    return [...points].find(([, point]) => point.kind === kind)?.[0] ?? null;
  };
  const companies = [...links].filter(([, { noun }]) => noun === 'company').map(([id]) => id);
  const chosen = raw.fields['primaryCompany'];
  const primary = {
    email: firstOf('email', 'primaryEmail'),
    phone: firstOf('phone', 'primaryPhone'),
    address: firstOf('address', 'primaryAddress'),
    social: null,
    company: typeof chosen === 'string' && companies.includes(chosen) ? chosen : (companies[0] ?? null),
  };
  const email = primary.email === null ? null : String(points.get(primary.email)?.value);
  return {
    name: type.nameOf(values, email),
    values,
    points,
    links,
    consent,
    primary,
    deletedAt: instantOf(raw.fields['deletedAt']),
    mergedInto: idOf(raw.fields['mergedInto']),
  };
}

export const readRecord = (type: RecordType, doc: Y.Doc, custom?: FieldSpecs): RecordState =>
  readState(type, rawState(doc), custom);
