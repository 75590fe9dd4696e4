import type { Json } from '@rapport/doc/json';
import { rootRecord } from '@rapport/doc/records';
import { err, ok } from '@rapport/doc/result';
import type * as Y from 'yjs';
import { checkPoint, type RecordResult } from './ops.ts';
import { normalPoint, pointLimit, type Point } from './point.ts';
import { rawState, readState } from './read-record.ts';
import { roots, type RecordType } from './record-type.ts';

/** A whole list of one kind, in order; the first is the primary one unless another says so. */
export interface PointList {
  readonly kind: 'email' | 'phone' | 'address';
  readonly entries: readonly {
    readonly value: unknown;
    readonly type?: string | undefined;
    readonly primary?: boolean | undefined;
  }[];
}

const primaryKeys = { email: 'primaryEmail', phone: 'primaryPhone', address: 'primaryAddress' } as const;

/**
 * Replaces whole lists of points. What is in the new list and was in the old one keeps its id, so that it is not told as
 * removed and added, and a colleague's edit of it elsewhere still finds it. Fails 'invalid-value' | 'too-many'.
 */
export function replacePoints(
  type: RecordType,
  doc: Y.Doc,
  lists: readonly PointList[],
  newId: () => string,
): RecordResult {
  const { points } = readState(type, rawState(doc));
  const set: Record<string, Json> = {};
  const primary: Record<string, Json> = {};
  let others = [...points.values()].filter(({ kind }) => !lists.some((list) => list.kind === kind)).length;
  for (const { kind, entries } of lists) {
    const left = new Map([...points].filter(([, point]) => point.kind === kind));
    const ids: string[] = [];
    for (const { value, type: label } of entries) {
      const point = checkPoint({ kind, value, type: label ?? '' });
      if (!point.ok) return point;
      const known = [...left].find(([, had]) => normalPoint(had) === normalPoint(point.value));
      const id = known?.[0] ?? newId();
      left.delete(id);
      ids.push(id);
      // Without a word about its type a known one keeps its own.
      const kept: Point = label === undefined && known ? { ...point.value, type: known[1].type } : point.value;
      set[id] = kept as unknown as Json;
    }
    for (const id of left.keys()) set[id] = null;
    const chosen = entries.findIndex((entry) => entry.primary === true);
    primary[primaryKeys[kind]] = ids[Math.max(chosen, 0)] ?? null;
    others += ids.length;
  }
  if (others > pointLimit)
    return err({ code: 'too-many', message: `Not saved. At most ${pointLimit} ways to reach somebody are kept.` });
  return ok([
    { root: roots.points, id: rootRecord, set },
    { root: roots.fields, id: rootRecord, set: primary },
  ]);
}
