import type { Json } from '@rapport/doc/json';
import type { Patch } from '@rapport/doc/patch';
import { recordMap, rootRecord } from '@rapport/doc/records';
import { ok } from '@rapport/doc/result';
import type { EditEnv, TableEdits } from '../tables/table-edits.ts';
import type * as Y from 'yjs';
import { editFields, removePoint, setPoint, type RecordResult } from './ops.ts';
import { rawState, readState } from './read-record.ts';
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

/** Edits of records in their table: fields, and the primary e-mail and phone. */
export const recordTableEdits = (type: RecordType): TableEdits => ({
  plural: type.plural,
  spell({ name, ...others }) {
    if (name === undefined || Object.hasOwn(type.fields, 'name'))
      return name === undefined ? others : { name, ...others };
    return { ...type.namedBy(typeof name === 'string' ? name : ''), ...others };
  },
  now(doc, _id, keys) {
    const map = recordMap(doc, roots.fields, rootRecord);
    if (map === null || map.get('deletedAt') != null || map.get('mergedInto') != null) return null;
    return Object.fromEntries(
      keys.map((key): [string, Json] => [
        key,
        isPointKey(key) ? (pointNow(type, doc, key)?.value ?? null) : ((map.get(key) ?? null) as Json),
      ]),
    );
  },
  plan(doc, _id, values, env) {
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
    return ok(patch);
  },
});
