import { rawRecord } from '@rapport/doc/records';
import type * as Y from 'yjs';
import { readTags } from '../tags.ts';
import {
  isRecordId,
  isRecordNoun,
  linkLimit,
  metaRoot,
  noteSchema,
  titleLimit,
  type NoteLink,
  type NoteMeta,
} from './schema.ts';

/** A link's value in `meta.links` where the note stands at the top of the record; else it is true. */
export const pinnedLink = 'pinned';

/** A link's key in `meta.links`. */
export const linkKey = ({ noun, id }: NoteLink): string => `${noun}/${id}`;

/** The link that a key or an entry of a list stands for; null when it is none. */
export function readLink(raw: unknown): NoteLink | null {
  const [noun, id] =
    typeof raw === 'string'
      ? raw.split('/')
      : typeof raw === 'object' && raw !== null && 'noun' in raw && 'id' in raw
        ? [raw.noun, raw.id]
        : [];
  return isRecordNoun(noun) && isRecordId(id) ? { noun, id } : null;
}

const instant = (raw: unknown): number | null =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 8.64e15 ? raw : null;

/** One line: titles stand in lists, tabs and file names. */
export const cleanTitle = (raw: string): string =>
  raw.toWellFormed().replaceAll(/\s+/g, ' ').slice(0, titleLimit).toWellFormed();

/**
 * Reads a note's `meta`, which anybody may have written. Total: it never throws. `links` is a Map of `noun/id` → true
 * (so that two people who add a link each keep both) or, from other programs, a list of `{noun, id}`.
 */
export function readMeta(doc: Y.Doc): NoteMeta {
  const raw = rawRecord(doc.getMap(metaRoot));
  const given = raw.links;
  const found: readonly unknown[] = Array.isArray(given)
    ? given
    : typeof given === 'object' && given !== null
      ? Object.entries(given).flatMap(([key, on]) => (on === false || on === null ? [] : [key]))
      : [];
  const links = new Map(
    found
      .map(readLink)
      .filter((link) => link !== null)
      .map((link) => [linkKey(link), link]),
  );
  return {
    schema: typeof raw.schema === 'number' ? raw.schema : noteSchema,
    title: typeof raw.title === 'string' ? cleanTitle(raw.title) : '',
    folder: isRecordId(raw.folder) ? raw.folder : null,
    links: [...links.values()].slice(0, linkLimit),
    pinned: Array.isArray(given)
      ? []
      : Object.entries(given ?? {}).flatMap(([key, on]) => (on === pinnedLink && links.has(key) ? [key] : [])),
    tags: readTags(raw.tags),
    createdAt: instant(raw.createdAt) ?? 0,
    createdBy: isRecordId(raw.createdBy) ? raw.createdBy : null,
    deletedAt: instant(raw.deletedAt),
  };
}
