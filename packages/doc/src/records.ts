import * as Y from 'yjs';

/** A record as found in a document: anybody may have written anything. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** As a record id: the root map itself, for what a document has once (its `meta`). */
export const rootRecord = '';

/** The field that is left of a record that moved to another document: the name of that document. */
export const movedTo = 'movedTo';

/**
 * The field of a record in which the server notes what it set there by itself: `{set: {field: value}, …}`. That is
 * nobody's work: whoever made the record may still take it back.
 */
export const serverNote = 'byServer';

/** What the server set on a record by itself, by field. Total. */
export function setByServer(map: Y.Map<unknown>): Readonly<Record<string, unknown>> {
  const note = map.get(serverNote);
  const set = typeof note === 'object' && note !== null && 'set' in note ? note.set : null;
  return typeof set === 'object' && set !== null ? (set as Readonly<Record<string, unknown>>) : {};
}

/** The record map under `root` that holds `id`, or null when there is none (or something else stands there). */
export function recordMap(doc: Y.Doc, root: string, id: string): Y.Map<unknown> | null {
  if (id === rootRecord) return doc.getMap(root);
  const map = doc.getMap(root).get(id);
  return map instanceof Y.Map ? map : null;
}

/** Keys in order: two copies of one document may hold them in different ones. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, ordered(each)]));
}

/** A record's entries as a plain object without a prototype, so that a key named `__proto__` is only a key. */
export function rawRecord(map: Y.Map<unknown>): RawRecord {
  const raw = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of map.entries())
    raw[key] = value instanceof Y.AbstractType ? ordered(value.toJSON()) : value;
  return raw;
}

/** Calls `visit` for each record under `root`; entries that are no maps are passed over. */
export function eachRecord(doc: Y.Doc, root: string, visit: (id: string, map: Y.Map<unknown>) => void): void {
  for (const [id, map] of doc.getMap(root).entries()) if (map instanceof Y.Map) visit(id, map);
}
