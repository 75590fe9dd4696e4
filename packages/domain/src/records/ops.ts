import type { Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { recordMap, rootRecord } from '@rapport/doc/records';
import { err, ok, type Result } from '@rapport/doc/result';
import type { FieldSpec, FieldSpecs } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import { checkFieldValues } from '../check-values.ts';
import { pointLimit, pointProblem, readPoint, type Point, type PointKind } from './point.ts';
import { rawState, readState, type Consent, type Link } from './read-record.ts';
import { recordSchema, roots, type RecordType } from './record-type.ts';
import { entryTextLimit, type EntryKind } from './timeline.ts';

/** The world as arguments. */
export interface RecordEnv {
  /** Epoch ms. */
  readonly now: number;
  /** Specs of the workspace's custom fields of this noun, by key. */
  readonly custom?: FieldSpecs;
}

/** Why an operation was not done. `message` is for the person; `fields` says per field key what is wrong. */
export interface RecordError {
  readonly code: 'invalid-value' | 'unknown-field' | 'no-such-entry' | 'too-many';
  readonly message: string;
  readonly fields?: Readonly<Record<string, string>>;
}

export type RecordResult = Result<Patch, RecordError>;

/** A record to be made. Ids of points are the caller's, so that the same call made twice makes the same document. */
export interface NewRecord {
  readonly values: Readonly<Record<string, unknown>>;
  readonly points?: Readonly<Record<string, unknown>>;
  readonly links?: Readonly<Record<string, Link>>;
  readonly consent?: Readonly<Record<string, Consent>>;
}

const write = (root: string, set: RecordWrite['set']): RecordWrite => ({ root, id: rootRecord, set });

const specOf = (type: RecordType, key: string, custom: FieldSpecs | undefined): FieldSpec | undefined =>
  Object.hasOwn(type.fields, key)
    ? type.fields[key]
    : custom !== undefined && Object.hasOwn(custom, key)
      ? custom[key]
      : undefined;

/** Checks values by field key; `name` may stand for the fields that it is made of. A field with a problem is refused, by name. */
export function checkValues(
  type: RecordType,
  values: Readonly<Record<string, unknown>>,
  env: Pick<RecordEnv, 'custom'>,
): Result<Record<string, Json>, RecordError> {
  const { name, ...others } = values;
  const given =
    name === undefined || Object.hasOwn(type.fields, 'name')
      ? values
      : { ...(typeof name === 'string' ? type.namedBy(name) : {}), ...others };
  return checkFieldValues(given, (key) => specOf(type, key, env.custom), type.article);
}

const kindWords: Readonly<Record<PointKind, string>> = {
  email: 'The e-mail',
  phone: 'The phone number',
  address: 'The address',
  social: 'The handle',
};

/** A point that somebody enters, cleaned, or why it cannot be kept. */
export function checkPoint(raw: unknown): Result<Point, RecordError> {
  const point = readPoint(raw);
  if (point === null)
    return err({ code: 'invalid-value', message: 'Not saved. There is nothing in it by which somebody is reached.' });
  const problem = pointProblem(point);
  return problem === null
    ? ok(point)
    : err({ code: 'invalid-value', message: `Not saved. ${kindWords[point.kind]} ${problem}.` });
}

/** What a new document begins with. Fails 'invalid-value' | 'unknown-field' | 'too-many'. */
export function newRecord(type: RecordType, record: NewRecord, env: RecordEnv): RecordResult {
  const required = Object.entries(type.fields).flatMap(([key, spec]) => (spec.required === true ? [[key, null]] : []));
  const values = checkValues(type, { ...Object.fromEntries(required), createdAt: env.now, ...record.values }, env);
  if (!values.ok) return values;
  const points: Record<string, Json> = {};
  const given = Object.entries(record.points ?? {});
  if (given.length > pointLimit)
    return err({ code: 'too-many', message: `Not saved. At most ${pointLimit} ways to reach somebody are kept.` });
  for (const [id, raw] of given) {
    const point = checkPoint(raw);
    if (!point.ok) return point;
    points[id] = point.value as unknown as Json;
  }
  return ok([
    write(roots.meta, { schema: recordSchema }),
    write(roots.fields, values.value),
    write(roots.points, points),
    write(roots.links, (record.links ?? {}) as Record<string, never>),
    write(roots.consent, (record.consent ?? {}) as Record<string, never>),
  ]);
}

/** Changes fields; null empties one. Fails 'invalid-value' | 'unknown-field'. */
export function editFields(
  type: RecordType,
  values: Readonly<Record<string, unknown>>,
  env: Pick<RecordEnv, 'custom'>,
): RecordResult {
  const checked = checkValues(type, values, env);
  return checked.ok ? ok([write(roots.fields, checked.value)]) : checked;
}

/** Deletes softly; everything stays for 30 days. */
export const deleteRecord = (now: number): Patch => [write(roots.fields, { deletedAt: now })];
export const restoreRecord = (): Patch => [write(roots.fields, { deletedAt: null })];

/** Adds or replaces a point. The first of its kind is the primary one until another is chosen. */
export function setPoint(type: RecordType, doc: Y.Doc, id: string, raw: unknown): RecordResult {
  const point = checkPoint(raw);
  if (!point.ok) return point;
  const { points } = readState(type, rawState(doc));
  if (!points.has(id) && points.size >= pointLimit)
    return err({ code: 'too-many', message: `Not saved. At most ${pointLimit} ways to reach somebody are kept.` });
  return ok([write(roots.points, { [id]: point.value as unknown as Json })]);
}

export const removePoint = (id: string): Patch => [write(roots.points, { [id]: null })];

const primaryKeys = { email: 'primaryEmail', phone: 'primaryPhone', address: 'primaryAddress' } as const;

/** Which of several comes first. Fails 'no-such-entry'. */
export function choosePrimary(type: RecordType, doc: Y.Doc, id: string): RecordResult {
  const { points, links } = readState(type, rawState(doc));
  const kind = points.get(id)?.kind;
  if (kind !== undefined && kind !== 'social') return ok([write(roots.fields, { [primaryKeys[kind]]: id })]);
  if (links.get(id)?.noun === 'company') return ok([write(roots.fields, { primaryCompany: id })]);
  return err({ code: 'no-such-entry', message: 'Not done. It is not there any more.' });
}

/** Links this record to another, or says another role. */
export const setLink = (id: string, link: Link): Patch => [write(roots.links, { [id]: { ...link } })];
export const removeLink = (id: string): Patch => [write(roots.links, { [id]: null })];

/** Says what is known of somebody's consent to a purpose; null forgets it. */
export const setConsent = (purpose: string, consent: Consent | null): Patch => [
  write(roots.consent, { [purpose]: consent === null ? null : { ...consent } }),
];

/** What a person logs. */
export interface NewEntry {
  readonly kind: EntryKind;
  readonly text: string;
  /** When it happened, epoch ms; now when left out. */
  readonly at?: number;
}

const noText = err({ code: 'invalid-value', message: 'Not saved. Say in a line what it was about.' } as const);

/** Logs a call, meeting, e-mail or note. Fails 'invalid-value'. */
export function logEntry(id: string, entry: NewEntry, by: string, now: number): RecordResult {
  const text = entry.text.trim();
  if (text === '') return noText;
  const set = { kind: entry.kind, at: entry.at ?? now, by, text: text.slice(0, entryTextLimit).toWellFormed() };
  return ok([{ root: roots.timeline, id, create: true, set }]);
}

export interface EntryChange {
  readonly text?: string;
  readonly at?: number;
  readonly kind?: EntryKind;
  readonly pinned?: boolean;
  readonly deletedAt?: number | null;
}

/** Changes what was logged. Fails 'no-such-entry' | 'invalid-value'. */
export function editEntry(doc: Y.Doc, id: string, change: EntryChange): RecordResult {
  if (recordMap(doc, roots.timeline, id) === null || id === rootRecord)
    return err({ code: 'no-such-entry', message: 'Not done. The entry is not there any more.' });
  const { text, pinned, ...others } = change;
  if (text !== undefined && text.trim() === '') return noText;
  return ok([
    {
      root: roots.timeline,
      id,
      set: {
        ...others,
        ...(pinned === undefined ? {} : { pinned: pinned ? true : null }),
        ...(text === undefined ? {} : { text: text.trim().slice(0, entryTextLimit).toWellFormed() }),
      },
    },
  ]);
}
