import { purgedAt } from '@rapport/doc/purge';
import type { LogEntry } from '@rapport/sync/server/ports';
import { rewriteUpdate } from '@rapport/sync/server/rewrite-update';
import * as Y from 'yjs';

/** Clocks of one client, as ranges [start, end) in order. */
type Ranges = readonly (readonly [start: number, end: number])[];

/**
 * The steps of a document whose updates still hold what was purged in it, without that: ids, places and lengths stay, so
 * that all that was made on top still fits. `entries` is its log from the beginning, in order.
 */
export function maskPurged(entries: readonly LogEntry[]): LogEntry[] {
  const doc = new Y.Doc({ gc: false });
  doc.transact(() => {
    for (const { update } of entries) Y.applyUpdate(doc, update);
  });
  const gone = purgedRanges(doc);
  doc.destroy();
  if (gone.size === 0) return [];
  const isGone = ({ id, length }: Y.Item): boolean =>
    gone.get(id.client)?.some(([start, end]) => start <= id.clock && id.clock + length <= end) === true;
  return entries.flatMap((entry) => {
    const update = rewriteUpdate(entry.update, (item) => {
      if (item.content instanceof Y.ContentDeleted || !isGone(item)) return false;
      item.content = new Y.ContentDeleted(item.length);
      return true;
    });
    return update === null ? [] : [{ ...entry, update }];
  });
}

/** What is deleted below a map that says that it was purged; of a root that says so, what is deleted in the document. */
function purgedRanges(doc: Y.Doc): ReadonlyMap<number, Ranges> {
  const roots = [...doc.share.values()];
  const isWhole = roots.some(saysPurged);
  const homes = new Set<unknown>();
  for (const root of roots)
    for (const { deleted, content } of root._map.values())
      if (!deleted && content instanceof Y.ContentType && saysPurged(content.type)) homes.add(content.type);
  if (!isWhole && homes.size === 0) return new Map();
  const isBelow = (item: Y.Item): boolean => {
    let holder = item.parent;
    while (holder instanceof Y.AbstractType) {
      if (homes.has(holder)) return true;
      holder = holder._item?.parent ?? null;
    }
    return false;
  };
  const ranges = new Map<number, [number, number][]>();
  for (const [client, structs] of doc.store.clients)
    for (const struct of structs) {
      if (!(struct instanceof Y.Item) || !struct.deleted || !(isWhole || isBelow(struct))) continue;
      const [start, end] = [struct.id.clock, struct.id.clock + struct.length];
      const own = ranges.get(client) ?? [];
      ranges.set(client, own);
      const last = own.at(-1);
      if (last !== undefined && last[1] === start) last[1] = end;
      else own.push([start, end]);
    }
  return ranges;
}

function saysPurged(type: { readonly _map: ReadonlyMap<string, Y.Item> }): boolean {
  const said = type._map.get(purgedAt);
  return said !== undefined && !said.deleted && typeof said.content.getContent()[0] === 'number';
}
