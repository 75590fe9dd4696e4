import * as Y from 'yjs';
import type { RejectionCode } from '../shared/wire.ts';
import type { Json, PendingChange, Touched } from './changes.ts';

/** A local change that the server will never store, kept so that the person can read and copy it. */
export interface RefusedChange {
  id: string;
  /** When it was made, epoch ms. */
  at: number;
  refusedAt: number;
  change: Json;
  /** `no-access` stands for the closes 4403 and 4404, `restored` for a server that went back to a backup. */
  code: RejectionCode | 'no-access' | 'restored';
  /** The server's sentence. */
  reason: string;
  /** What the touched places held in the local document when it was refused. */
  values: { path: string[]; value: Json }[];
}

export function refuse(
  change: PendingChange,
  doc: Y.Doc,
  why: { code: RefusedChange['code']; reason: string; at: number },
): RefusedChange {
  return {
    id: change.id,
    at: change.at,
    refusedAt: why.at,
    change: change.change,
    code: why.code,
    reason: why.reason,
    values: change.touched.map((touched) => ({ path: touched.path, value: valueAt(doc, touched) })),
  };
}

/** Whether all that `change` inserted and deleted is in `doc` (a fresh copy of the server's document). */
export function isIn(doc: Y.Doc): (change: PendingChange) => boolean {
  const deleted = Y.createDeleteSetFromStructStore(doc.store);
  return (change) =>
    change.inserts.every(([client, , to]) => Y.getState(doc.store, client) >= to) &&
    change.deletes.every(([client, clock, length]) =>
      (deleted.clients.get(client) ?? []).some(
        (item) => item.clock <= clock && item.clock + item.len >= clock + length,
      ),
    );
}

export function valueAt(doc: Y.Doc, touched: Touched): Json {
  const [root, ...names] = touched.path;
  let current: unknown = root === undefined ? undefined : doc.share.get(root);
  for (const name of names) current = entryOf(current, name);
  if (touched.keys === null) return toJson(current);
  return Object.fromEntries(touched.keys.map((key) => [key, toJson(entryOf(current, key))]));
}

// Not Y.Map.get: a root that nobody has typed yet (doc.getMap) is a bare AbstractType that has entries but no get.
function entryOf(parent: unknown, name: string): unknown {
  if (!(parent instanceof Y.AbstractType)) return undefined;
  const item = parent._map.get(name);
  return item === undefined || item.deleted ? undefined : item.content.getContent()[item.length - 1];
}

function toJson(value: unknown): Json {
  if (value instanceof Y.XmlElement || value instanceof Y.XmlFragment || value instanceof Y.Text)
    return value.toString();
  const plain: unknown = value instanceof Y.AbstractType ? value.toJSON() : value;
  return plain === undefined ? null : (JSON.parse(JSON.stringify(plain)) as Json);
}
