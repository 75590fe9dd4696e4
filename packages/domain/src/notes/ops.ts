import * as Y from 'yjs';
import { cleanTitle, linkKey, pinnedLink, readMeta } from './read-meta.ts';
import { metaRoot, type NoteLink } from './schema.ts';

/** A change of what a note is called and where it belongs; what is left out stays. */
export interface MetaChange {
  readonly title?: string;
  readonly folder?: string | null;
  readonly tags?: readonly string[];
  /** Replaces all links. */
  readonly links?: readonly NoteLink[];
  readonly link?: readonly NoteLink[];
  readonly unlink?: readonly NoteLink[];
  /** Records that it is linked to, at whose top it stands from now on. */
  readonly pin?: readonly NoteLink[];
  readonly unpin?: readonly NoteLink[];
  readonly deleted?: boolean;
}

/** The map of links; a list that another program wrote is taken over into one. */
function linksMap(doc: Y.Doc): Y.Map<unknown> {
  const meta = doc.getMap<unknown>(metaRoot);
  const found = meta.get('links');
  if (found instanceof Y.Map) return found as Y.Map<unknown>;
  const links = new Y.Map<unknown>();
  const before = readMeta(doc).links;
  meta.set('links', links);
  for (const link of before) links.set(linkKey(link), true);
  return links;
}

/** Changes a note's `meta` in one transaction; only what differs is written. */
export function editMeta(doc: Y.Doc, change: MetaChange, now: number): void {
  const meta = doc.getMap<unknown>(metaRoot);
  const is = readMeta(doc);
  doc.transact(() => {
    if (change.title !== undefined && cleanTitle(change.title) !== is.title)
      meta.set('title', cleanTitle(change.title));
    if (change.folder !== undefined && change.folder !== is.folder) {
      if (change.folder === null) meta.delete('folder');
      else meta.set('folder', change.folder);
    }
    if (change.tags !== undefined && JSON.stringify(change.tags) !== JSON.stringify(is.tags))
      meta.set('tags', [...change.tags]);
    if (change.deleted !== undefined && change.deleted !== (is.deletedAt !== null)) {
      if (change.deleted) meta.set('deletedAt', now);
      else meta.delete('deletedAt');
    }
    const had = new Set(is.links.map(linkKey));
    const wanted = new Set(change.links === undefined ? had : change.links.map(linkKey));
    for (const link of change.link ?? []) wanted.add(linkKey(link));
    for (const link of change.unlink ?? []) wanted.delete(linkKey(link));
    const [added, removed] = [[...wanted].filter((key) => !had.has(key)), [...had].filter((key) => !wanted.has(key))];
    const isPinned = new Set(is.pinned);
    const pinned = (change.pin ?? []).map(linkKey).filter((key) => wanted.has(key) && !isPinned.has(key));
    const unpinned = (change.unpin ?? []).map(linkKey).filter((key) => wanted.has(key) && isPinned.has(key));
    if (added.length + removed.length + pinned.length + unpinned.length === 0) return;
    const links = linksMap(doc);
    for (const key of [...added, ...unpinned]) links.set(key, true);
    for (const key of pinned) links.set(key, pinnedLink);
    for (const key of removed) links.delete(key);
  });
}
