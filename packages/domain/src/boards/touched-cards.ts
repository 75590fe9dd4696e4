import type { RawRecord } from '@rapport/doc/records';
import { rawRecord } from '@rapport/doc/records';
import * as Y from 'yjs';

/** A record that one transaction touched, as it was and as it is. */
export interface Touched {
  /** Null: the record came into being with this change. */
  readonly before: RawRecord | null;
  /** Null: it is gone (hard delete by another program), or something that is no record stands there. */
  readonly after: RawRecord | null;
  /** What stands there when it is no record. */
  readonly odd?: unknown;
  /** Another entry stood there before, which cannot be read any more. */
  readonly replaces?: boolean;
}

export type DeepEvents = readonly Y.YEvent<Y.AbstractType<unknown>>[];

/** The records that one transaction touched under a root. To be called by a deep observer of that root. */
export function touchedRecords(events: DeepEvents, root: Y.Map<unknown>): Map<string, Touched> {
  const touched = new Map<string, Touched>();
  for (const event of events) {
    if (event.target === root) {
      for (const [id, change] of event.keys) {
        const map = root.get(id);
        touched.set(id, {
          before: change.action === 'delete' ? Object.create(null) : null,
          after: map instanceof Y.Map ? rawRecord(map) : null,
          odd: map instanceof Y.AbstractType ? (map instanceof Y.Map ? undefined : map.toJSON()) : map,
          replaces: change.action !== 'add',
        });
      }
      continue;
    }
    let holder = event.target;
    while (holder.parent && holder.parent !== root) holder = holder.parent as Y.AbstractType<unknown>;
    const id = holder._item?.parentSub;
    if (!(holder instanceof Y.Map) || id == null || touched.has(id)) continue;
    const after = rawRecord(holder);
    const before = Object.assign(Object.create(null), after) as Record<string, unknown>;
    if (event.target === holder) {
      for (const [key, change] of event.keys) {
        if (change.action === 'add') delete before[key];
        else before[key] = change.oldValue;
      }
    }
    touched.set(id, { before, after });
  }
  return touched;
}

/** One record of which only values changed, by key; null when the events tell of more, or of something else. */
export function onlyValuesOf(
  events: DeepEvents,
  root: Y.Map<unknown>,
): { readonly id: string; readonly values: ReadonlyMap<string, unknown> } | null {
  const [event] = events;
  if (event === undefined || events.length > 1 || !(event instanceof Y.YMapEvent)) return null;
  const holder = event.target as Y.Map<unknown>;
  const id = holder.parent === root ? holder._item?.parentSub : null;
  if (id == null) return null;
  const values = new Map<string, unknown>();
  for (const key of event.keysChanged as ReadonlySet<string>) {
    const value = holder.get(key);
    if (value instanceof Y.AbstractType) return null;
    values.set(key, value);
  }
  return { id, values };
}
