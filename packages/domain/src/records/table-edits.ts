import type { Json } from '@rapport/doc/json';
import type { Patch, RecordWrite } from '@rapport/doc/patch';
import { recordMap, rootRecord } from '@rapport/doc/records';
import { err, ok } from '@rapport/doc/result';
import type { EditEnv, TableEdits } from '../tables/table-edits.ts';
import type * as Y from 'yjs';
import { deleteRecord, editFields, removePoint, restoreRecord, setLink, setPoint, type RecordResult } from './ops.ts';
import { rawState, readLink, readState } from './read-record.ts';
import { isRecord } from './read-text.ts';
import { readPoint } from './point.ts';
import { roots, type RecordType } from './record-type.ts';

const pointKeys = ['email', 'phone'] as const;
type PointKey = (typeof pointKeys)[number];
const isPointKey = (key: string): key is PointKey => (pointKeys as readonly string[]).includes(key);

/** The primary e-mail or phone as text. */
function pointNow(type: RecordType, doc: Y.Doc, kind: PointKey): { id: string; value: string; type: string } | null {
  const { primary, points } = readState(type, rawState(doc));
  const id = primary[kind];
  const point = id === null ? undefined : points.get(id);
  return id === null || point === undefined ? null : { id, value: String(point.value), type: point.type };
}

function planPoint(type: RecordType, doc: Y.Doc, kind: PointKey, value: unknown, env: EditEnv): RecordResult {
  const now = pointNow(type, doc, kind);
  if (value === null || value === '') return ok(now === null ? [] : removePoint(now.id));
  return setPoint(type, doc, now?.id ?? env.newId(), { kind, value, type: now?.type ?? '' });
}

/** What links to companies there are, as they stand in the document. */
const companyLinks = (doc: Y.Doc): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(rawState(doc).links)
      .filter(([, link]) => readLink(link)?.noun === 'company')
      .map(([id, link]) => [id, link as Json]),
  );
const primary = (id: string | null): RecordWrite => ({
  root: roots.fields,
  id: rootRecord,
  set: { primaryCompany: id },
});

/** The company that comes first: linked if it was not yet. Emptied, the link goes; other companies stay. */
function planCompany(type: RecordType, doc: Y.Doc, value: unknown): Patch {
  const now = readState(type, rawState(doc)).primary.company;
  if (typeof value === 'string' && value !== '')
    return [
      ...(companyLinks(doc)[value] === undefined ? setLink(value, { noun: 'company', role: '' }) : []),
      primary(value),
    ];
  return now === null ? [] : [{ root: roots.links, id: rootRecord, set: { [now]: null } }, primary(null)];
}

/** The links as they were before: what is taken back. */
function planLinks(doc: Y.Doc, links: unknown, chosen: unknown): RecordResult {
  if (!isRecord(links) || Object.values(links).some((link) => readLink(link)?.noun !== 'company'))
    return err({ code: 'invalid-value', message: 'Not saved. Those are no companies.' });
  const now = companyLinks(doc);
  const set = Object.fromEntries(
    [...new Set([...Object.keys(now), ...Object.keys(links)])].map((id) => [id, (links[id] ?? null) as Json]),
  );
  return ok([{ root: roots.links, id: rootRecord, set }, primary(typeof chosen === 'string' ? chosen : null)]);
}

/** Edits of records in their table: fields, the primary e-mail and phone, and the company that somebody works for. */
export const recordTableEdits = (type: RecordType): TableEdits => ({
  plural: type.plural,
  spell({ name, ...others }) {
    if (name === undefined || Object.hasOwn(type.fields, 'name'))
      return name === undefined ? others : { name, ...others };
    return { ...type.namedBy(typeof name === 'string' ? name : ''), ...others };
  },
  together: { key: 'company', with: ['companyLinks', 'primaryCompany'] },
  now(doc, _id, keys) {
    const map = recordMap(doc, roots.fields, rootRecord);
    if (map === null || map.get('deletedAt') != null || map.get('mergedInto') != null) return null;
    const valueOf = (key: string): Json => {
      if (isPointKey(key)) return pointNow(type, doc, key)?.value ?? null;
      if (key === 'company') return readState(type, rawState(doc)).primary.company;
      if (key === 'name' && !Object.hasOwn(type.fields, key)) return readState(type, rawState(doc)).name;
      return key === 'companyLinks' ? companyLinks(doc) : ((map.get(key) ?? null) as Json);
    };
    return Object.fromEntries(keys.map((key) => [key, valueOf(key)]));
  },
  plan(doc, _id, { company, companyLinks: links, primaryCompany, ...values }, env) {
    const fields = Object.fromEntries(Object.entries(values).filter(([key]) => !isPointKey(key)));
    const edited = editFields(type, fields, env);
    if (!edited.ok) return edited;
    let patch: Patch = Object.keys(fields).length === 0 ? [] : edited.value;
    for (const key of pointKeys) {
      if (!Object.hasOwn(values, key)) continue;
      const planned = planPoint(type, doc, key, values[key], env);
      if (!planned.ok) return planned;
      patch = [...patch, ...planned.value];
    }
    if (links !== undefined) {
      const planned = planLinks(doc, links, primaryCompany);
      if (!planned.ok) return planned;
      patch = [...patch, ...planned.value];
    } else if (company !== undefined) patch = [...patch, ...planCompany(type, doc, company)];
    return ok(patch);
  },
  whereIs(doc, _id, key) {
    if (isPointKey(key)) {
      const now = pointNow(type, doc, key);
      return now === null ? null : { root: roots.points, record: rootRecord, field: now.id };
    }
    if (key === 'companyLinks' || key === 'primaryCompany') return null;
    return { root: roots.fields, record: rootRecord, field: key === 'company' ? 'primaryCompany' : key };
  },
  keyOf(doc, _id, { root, record, field }) {
    if (record !== rootRecord) return null;
    if (root === roots.points) return pointKeys.find((key) => pointNow(type, doc, key)?.id === field) ?? null;
    if (root !== roots.fields) return null;
    return field === 'primaryCompany' ? 'company' : field;
  },
  otherAs: (_field, other) => {
    const point = readPoint(other);
    return point !== null && isPointKey(point.kind) && typeof point.value === 'string'
      ? { [point.kind]: point.value }
      : null;
  },
  bin: (_doc, _id, isGone, { now }) => ok(isGone ? deleteRecord(now) : restoreRecord()),
});
