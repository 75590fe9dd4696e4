import type { Json } from '@rapport/doc/json';
import { sameJson } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { rootRecord } from '@rapport/doc/records';
import { columnsOf, columnValues, type ColumnValue } from '@rapport/schema/columns';
import type { FieldSpec, FieldSpecs, FieldValue } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import type { Query } from '../http/query.ts';
import { deleteRecord, newRecord, type NewRecord } from '../records/ops.ts';
import { normalPoint, pointLimit } from '../records/point.ts';
import { rawState, readState } from '../records/read-record.ts';
import { documentOf, roots, type RecordType } from '../records/record-type.ts';
import type { ReadPoint } from './read-points.ts';

/** A record as a row gives it: what is empty in the file is absent. */
export interface RecordDraft {
  readonly values: Readonly<Record<string, Json>>;
  readonly points: readonly ReadPoint[];
  /** Company that a contact belongs to, by its id. */
  readonly company?: string;
  /** Purpose → whether they may be contacted for it. */
  readonly consent?: Readonly<Record<string, boolean>>;
}

/** A record as the read model has it. */
export interface ExistingRecord {
  readonly id: string;
  readonly name: string;
  readonly row: Readonly<Record<string, ColumnValue>>;
  readonly custom: Readonly<Record<string, unknown>>;
  /** `<kind> <as it is compared>` of each way to reach it. */
  readonly points: ReadonlySet<string>;
  readonly companies: ReadonlySet<string>;
  /** Purpose → state. */
  readonly consent: ReadonlyMap<string, string>;
}

/** The world as arguments. */
export interface DraftEnv {
  readonly newId: () => string;
  /** Epoch ms. */
  readonly now: number;
  /** Specs of custom fields, those included that the import makes. */
  readonly custom: FieldSpecs;
  /** Where a consent is said to come from: the file's name. */
  readonly source: string;
}

export const markOfPoint = (point: ReadPoint): string => `${point.kind} ${normalPoint(point)}`;

const write = (root: string, set: Readonly<Record<string, Json | undefined>>) => ({ root, id: rootRecord, set });
const consentOf = (isGiven: boolean, { source }: DraftEnv) => ({
  state: isGiven ? ('granted' as const) : ('denied' as const),
  // The file says that, not since when.
  at: null,
  source,
  proof: '',
});

function asNew(draft: RecordDraft, env: DraftEnv): NewRecord {
  return {
    values: draft.values,
    points: Object.fromEntries(draft.points.map((point) => [env.newId(), point])),
    links: draft.company === undefined ? {} : { [draft.company]: { noun: 'company', role: '' } },
    consent: Object.fromEntries(
      Object.entries(draft.consent ?? {}).map(([purpose, isGiven]) => [purpose, consentOf(isGiven, env)]),
    ),
  };
}

/** Why a draft cannot become a record; null when it can. */
export function problemOf(type: RecordType, draft: RecordDraft, env: DraftEnv): string | null {
  const planned = newRecord(type, asNew(draft, env), env);
  return planned.ok ? null : planned.error.message.replace(/^Not saved\. /, '').replace(/\.$/, '');
}

/** A new record's document. */
export function createPatch(type: RecordType, draft: RecordDraft, env: DraftEnv): Patch {
  const planned = newRecord(type, asNew(draft, env), env);
  return planned.ok ? planned.value : [];
}

/** What a row writes to a record that is there: only what differs, and with `fill` only what is empty. */
export function updatePatch(
  type: RecordType,
  live: Y.Doc,
  draft: RecordDraft,
  mode: 'overwrite' | 'fill',
  env: DraftEnv,
): Patch {
  const raw = rawState(live);
  const state = readState(type, raw, env.custom);
  // Deleted since the plan was made: left alone.
  if (state.deletedAt !== null) return [];
  const values = Object.entries(draft.values).filter(([key]) => mode === 'overwrite' || raw.fields[key] == null);
  const had = new Set([...state.points.values()].map((point) => `${point.kind} ${normalPoint(point)}`));
  const fresh = draft.points.filter((point) => !had.has(markOfPoint(point)));
  const room = Math.max(0, pointLimit - state.points.size);
  const consent = Object.entries(draft.consent ?? {}).filter(([purpose, isGiven]) =>
    needsConsent(state.consent.get(purpose)?.state, isGiven, mode),
  );
  return [
    write(roots.fields, Object.fromEntries(values)),
    write(
      roots.points,
      Object.fromEntries(fresh.slice(0, room).map((point) => [env.newId(), point as unknown as Json])),
    ),
    write(
      roots.links,
      draft.company === undefined || state.links.has(draft.company)
        ? {}
        : { [draft.company]: { noun: 'company', role: '' } },
    ),
    write(roots.consent, Object.fromEntries(consent.map(([purpose, isGiven]) => [purpose, consentOf(isGiven, env)]))),
  ];
}

/** A file never gives back a consent that somebody withdrew. */
function needsConsent(state: string | undefined, isGiven: boolean, mode: 'overwrite' | 'fill'): boolean {
  if (state === undefined) return true;
  if (mode === 'fill' || state === 'withdrawn') return false;
  return state !== (isGiven ? 'granted' : 'denied');
}

export const deletePatch = deleteRecord;
export const docOf = documentOf;

function isSettled(
  { row, custom }: ExistingRecord,
  field: string,
  value: Json,
  spec: FieldSpec | undefined,
  mode: 'overwrite' | 'fill',
): boolean {
  if (!spec) {
    const had = custom[field] ?? null;
    return mode === 'fill' ? had !== null : sameJson(had, value);
  }
  const columns = Object.entries(columnValues(field, spec, value as FieldValue));
  if (mode === 'fill') return columns.some(([name]) => (row[name] ?? null) !== null);
  return columns.every(([name, column]) => (row[name] ?? null) === column);
}

/** Whether a row changes anything of the record that it is, as far as its rows tell. */
export function changesRecord(
  type: RecordType,
  record: ExistingRecord,
  draft: RecordDraft,
  mode: 'overwrite' | 'fill',
): boolean {
  const differs = Object.entries(draft.values).some(
    ([field, value]) => !isSettled(record, field, value, type.fields[field], mode),
  );
  if (differs || draft.points.some((point) => !record.points.has(markOfPoint(point)))) return true;
  if (draft.company !== undefined && !record.companies.has(draft.company)) return true;
  return Object.entries(draft.consent ?? {}).some(([purpose, isGiven]) =>
    needsConsent(record.consent.get(purpose), isGiven, mode),
  );
}

const list = (ids: readonly string[]): string => JSON.stringify(ids);

/** Rows of these records; those that are deleted (or merged into another) are left out. */
export function existingRecords(query: Query, type: RecordType, ids: readonly string[]): ExistingRecord[] {
  if (ids.length === 0) return [];
  const rows = query.all<Record<string, ColumnValue>>(
    `SELECT * FROM ${type.plural} WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL AND merged_into IS NULL`,
    [list(ids)],
  );
  const grouped = <R extends { record: string }>(sql: string) =>
    Map.groupBy(query.all<R>(sql, [list(ids)]), ({ record }) => record);
  const points = grouped<{ record: string; kind: string; normal: string }>(
    `SELECT record, kind, normal FROM contact_points WHERE record IN (SELECT value FROM json_each(?))`,
  );
  const companies = grouped<{ record: string; company: string }>(
    `SELECT from_id AS record, to_id AS company FROM record_links WHERE to_noun = 'company' AND from_id IN (SELECT value FROM json_each(?))`,
  );
  const consents = grouped<{ record: string; purpose: string; state: string }>(
    `SELECT record, purpose, state FROM consents WHERE record IN (SELECT value FROM json_each(?))`,
  );
  return rows.map((row) => {
    const id = String(row.id);
    return {
      id,
      name: String(row.name ?? ''),
      row,
      custom: typeof row.custom === 'string' ? (JSON.parse(row.custom) as Record<string, unknown>) : {},
      points: new Set((points.get(id) ?? []).map(({ kind, normal }) => `${kind} ${normal}`)),
      companies: new Set((companies.get(id) ?? []).map(({ company }) => company)),
      consent: new Map((consents.get(id) ?? []).map(({ purpose, state }) => [purpose, state])),
    };
  });
}

/** Records that have one of these e-mails or phones, as they are compared. */
export const findByPoint = (
  query: Query,
  type: RecordType,
  kind: 'email' | 'phone',
  normals: readonly string[],
): { text: string; id: string }[] =>
  query.all(
    `SELECT normal AS text, record AS id FROM contact_points
      WHERE normal IN (SELECT value FROM json_each(?)) AND kind = ? AND noun = ?`,
    [list(normals), kind, type.noun],
  );

/** What some records are recognised by: `text` of a field, or their name with that of their company. */
export interface KnownRecord {
  readonly id: string;
  readonly name: string;
  readonly company: string | null;
  readonly text: string | null;
  readonly sites: readonly string[];
}

/** Some records in the order of their ids, after `after`, with the text of `field` (null: none is wanted). */
export function knownRecords(
  query: Query,
  type: RecordType,
  field: string | null,
  after: string,
  limit: number,
): KnownRecord[] {
  const spec = field === null ? undefined : type.fields[field];
  const column = field === null || !spec ? undefined : Object.keys(columnsOf(field, spec))[0];
  const text = field === null ? 'NULL' : column === undefined ? `json_extract(r.custom, ?)` : `r.${column}`;
  const sites = type.noun === 'company' ? 'r.domain, r.website' : 'NULL AS domain, NULL AS website';
  const company = type.noun === 'contact' ? `(SELECT c.name FROM companies c WHERE c.id = r.main_company)` : 'NULL';
  const rows = query.all<Record<string, string | null>>(
    `SELECT r.id, r.name, ${company} AS company, ${text} AS text, ${sites} FROM ${type.plural} r
      WHERE r.id > ? AND r.deleted_at IS NULL AND r.merged_into IS NULL ORDER BY r.id LIMIT ?`,
    [...(field !== null && column === undefined ? [`$."${field}"`] : []), after, limit],
  );
  return rows.map(({ id, name, company: of, text: found, domain, website }) => ({
    id: id ?? '',
    name: name ?? '',
    company: of ?? null,
    text: found === null || found === undefined ? null : String(found),
    sites: [domain, website].filter((site) => typeof site === 'string'),
  }));
}
