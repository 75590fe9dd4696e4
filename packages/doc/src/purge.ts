import * as Y from 'yjs';
import { recordMap, rootRecord } from './records.ts';

/**
 * Emptying for good what was deleted long ago. What stays of a record is when it was deleted and when it was purged, so
 * that a device that restored it meanwhile, and comes back late, is recognised: its restoring takes `deletedAt` away, and
 * `purgedAt` without it means *wanted back*. The content is then brought back from the log, as long as that has it.
 */
export const purgedAt = 'purgedAt';
const deletedAt = 'deletedAt';
const marks: ReadonlySet<string> = new Set([deletedAt, purgedAt]);

/** A record that was emptied, whether or not somebody wants it back. */
export const isPurged = (map: Y.Map<unknown> | null): boolean => typeof map?.get(purgedAt) === 'number';
/** Emptied, and restored by somebody who did not know. */
export const isWantedBack = (map: Y.Map<unknown> | null): boolean => isPurged(map) && map?.has(deletedAt) !== true;

/** The record of a document that is one record: where `deletedAt` stands, and all roots that hold its content. */
export interface WholeDocument {
  readonly home: string;
  readonly maps: readonly string[];
  readonly fragments?: readonly string[];
  /** Keys of `home` that hold no content and stay. */
  readonly keeps?: readonly string[];
}

const isDue = (map: Y.Map<unknown> | null): map is Y.Map<unknown> =>
  map !== null && !isPurged(map) && typeof map.get(deletedAt) === 'number';

function clear(map: Y.Map<unknown>, keeps: (key: string) => boolean): void {
  for (const key of map.keys()) if (!keeps(key)) map.delete(key);
}

/** Empties a record under a root. Answers false, and changes nothing, when it is not deleted (any more). */
export function purgeRecord(doc: Y.Doc, root: string, id: string, now: number): boolean {
  const map = recordMap(doc, root, id);
  if (!isDue(map)) return false;
  doc.transact(() => {
    clear(map, (key) => marks.has(key));
    map.set(purgedAt, now);
  });
  return true;
}

/** Empties a document that is one record. Answers false, and changes nothing, when it is not deleted (any more). */
export function purgeDocument(doc: Y.Doc, whole: WholeDocument, now: number): boolean {
  const home = recordMap(doc, whole.home, rootRecord);
  if (!isDue(home)) return false;
  doc.transact(() => {
    for (const root of whole.maps) {
      const isHome = root === whole.home;
      clear(doc.getMap(root), (key) => isHome && (marks.has(key) || whole.keeps?.includes(key) === true));
    }
    for (const root of whole.fragments ?? []) {
      const fragment = doc.getXmlFragment(root);
      fragment.delete(0, fragment.length);
    }
    home.set(purgedAt, now);
  });
  return true;
}

/** A copy that can stand in another document. */
const copyOf = (value: unknown): unknown => (value instanceof Y.AbstractType ? value.clone() : value);

const hasContent = (map: Y.Map<unknown>, keeps: readonly string[] = []): boolean =>
  [...map.keys()].some((key) => !marks.has(key) && !keeps.includes(key));

/** What nobody wrote meanwhile is as it was; deleting and purging are not. */
function fill(live: Y.Map<unknown>, before: Y.Map<unknown>): void {
  for (const [key, value] of before.entries()) if (!marks.has(key) && !live.has(key)) live.set(key, copyOf(value));
}

/**
 * Fills a purged record that is wanted back with what it was, as `before` (its document at an earlier time) has it. False
 * when nobody wants it, or nothing of it is left there.
 */
export function bringBackRecord(live: Y.Doc, before: Y.Doc, root: string, id: string): boolean {
  const [map, was] = [recordMap(live, root, id), recordMap(before, root, id)];
  if (map === null || was === null || !isWantedBack(map) || !hasContent(was)) return false;
  live.transact(() => {
    fill(map, was);
    map.delete(purgedAt);
  });
  return true;
}

/** The same of a document that is one record. */
export function bringBackDocument(live: Y.Doc, before: Y.Doc, whole: WholeDocument): boolean {
  const home = recordMap(live, whole.home, rootRecord);
  const isThere =
    whole.maps.some((root) => hasContent(before.getMap(root), root === whole.home ? whole.keeps : [])) ||
    whole.fragments?.some((root) => before.getXmlFragment(root).length > 0) === true;
  if (!isWantedBack(home) || !isThere) return false;
  live.transact(() => {
    for (const root of whole.maps) fill(live.getMap(root), before.getMap(root));
    for (const root of whole.fragments ?? []) {
      const [fragment, was] = [live.getXmlFragment(root), before.getXmlFragment(root)];
      if (fragment.length === 0)
        fragment.insert(
          0,
          was.toArray().map((node) => node.clone() as Y.XmlElement | Y.XmlText),
        );
    }
    home?.delete(purgedAt);
  });
  return true;
}

/** Gives up bringing back: it is deleted again, because nothing of it is left. */
export function deleteAgain(doc: Y.Doc, root: string, id: string, now: number): void {
  const map = recordMap(doc, root, id);
  if (isWantedBack(map)) map?.set(deletedAt, now);
}
