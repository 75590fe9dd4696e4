import * as Y from 'yjs';
import { mapPath, type PendingChange } from './changes.ts';
import { valueAt, type RefusedChange } from './refused.ts';

/** What a document has had from its server and the server no longer has. */
export interface Lost {
  /** Nothing is lost: what the document has more are its own pending changes. */
  isNothing: boolean;
  /** What people would miss: the places, with the values they had here. */
  values: RefusedChange['values'][];
}

/** Whether the server at `vector` lacks something of `doc` that is no pending change. */
export function lacksKnown(
  doc: Y.Doc,
  vector: ReadonlyMap<number, number>,
  pending: readonly PendingChange[],
): boolean {
  return missingRanges(doc, vector, pending).length > 0;
}

/** Compares the document with a fresh copy of the server's. Lost edits are told by record, the second name of a path. */
export function lostBetween(doc: Y.Doc, fresh: Y.Doc, pending: readonly PendingChange[]): Lost {
  const missing = missingRanges(doc, Y.decodeStateVector(Y.encodeStateVector(fresh)), pending);
  const places = new Map<string, string[]>();
  const note = (item: Y.Item) => {
    const path = placeOf(item);
    if (path !== null) places.set(JSON.stringify(path), path);
  };
  for (const { client, from, to } of missing) {
    for (const struct of doc.store.clients.get(client) ?? []) {
      const isIn = struct.id.clock < to && struct.id.clock + struct.length > from;
      if (isIn && !struct.deleted && struct instanceof Y.Item) note(struct);
    }
  }
  let hasLostDeletion = false;
  const ownDeletes = pending.flatMap((change) => change.deletes);
  for (const [client, ranges] of Y.createDeleteSetFromStructStore(doc.store).clients) {
    for (const struct of fresh.store.clients.get(client) ?? []) {
      if (struct.deleted || !(struct instanceof Y.Item)) continue;
      const { clock } = struct.id;
      if (!ranges.some((range) => range.clock <= clock && clock < range.clock + range.len)) continue;
      if (ownDeletes.some(([of, at, length]) => of === client && at <= clock && clock < at + length)) continue;
      hasLostDeletion = true;
      note(struct);
    }
  }
  const values = [...places.values()].map((path) => [{ path, value: valueAt(doc, { path, keys: null }) }]);
  return { isNothing: missing.length === 0 && !hasLostDeletion, values };
}

/** Clock ranges that `doc` has beyond `vector` and that no pending change made. */
function missingRanges(
  doc: Y.Doc,
  vector: ReadonlyMap<number, number>,
  pending: readonly PendingChange[],
): { client: number; from: number; to: number }[] {
  const missing: { client: number; from: number; to: number }[] = [];
  for (const client of doc.store.clients.keys()) {
    let from = vector.get(client) ?? 0;
    const to = Y.getState(doc.store, client);
    if (to <= from) continue;
    const own = pending
      .flatMap((change) => change.inserts.filter((range) => range[0] === client))
      .sort((a, b) => a[1] - b[1]);
    for (const [, start, end] of own) {
      if (start > from) missing.push({ client, from, to: Math.min(start, to) });
      from = Math.max(from, end);
    }
    if (to > from) missing.push({ client, from, to });
  }
  return missing;
}

/** Root and record of an item, e.g. `['cards', '01J…']`; null when it hangs in nothing that is left. */
function placeOf(item: Y.Item): string[] | null {
  if (!(item.parent instanceof Y.AbstractType)) return null;
  const { path, endsHere } = mapPath(item.parent);
  const named = endsHere && item.parentSub !== null ? [...path, item.parentSub] : path;
  return named.slice(0, 2);
}
