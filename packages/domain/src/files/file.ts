import { rawRecord, recordMap, rootRecord, eachRecord, type RawRecord } from '@rapport/doc/records';
import type { Patch } from '@rapport/doc/patch';
import type * as Y from 'yjs';
import { readTags } from '../tags.ts';
import { cleanName } from './file-name.ts';

/**
 * A file as a document, `file/<id>`: root `meta` has `{schema, name, place, by, at, tags, deletedAt, purgedAt}`, root `versions`
 * a map version id → `{sha256, size, type, by, at}`. The server alone writes it: whoever could name a content's checksum
 * in a document could read that content. The newest version (ids sort by time) is the file.
 */
export const fileDoc = (id: string): string => `file/${id}`;
export const versionsRoot = 'versions';

/** What a file can be attached to. */
export const placeKinds = ['folder', 'note', 'deal', 'lead', 'company', 'contact'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** Where a file is; null is the library itself. */
export type FilePlace = { readonly kind: PlaceKind; readonly id: string } | null;

export interface FileVersion {
  readonly id: string;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Media type as found in the content. */
  readonly type: string;
  /** A member's id. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface StoredFile {
  readonly name: string;
  readonly place: FilePlace;
  readonly by: string;
  readonly at: number;
  readonly tags: readonly string[];
  readonly deletedAt: number | null;
  /** Its contents were given up for good. */
  readonly isPurged: boolean;
  /** From the oldest to the newest. */
  readonly versions: readonly FileVersion[];
}

const text = (raw: unknown): string => (typeof raw === 'string' ? raw : '');
const count = (raw: unknown): number => (typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0 ? raw : 0);

function readPlace(raw: unknown): FilePlace {
  if (!Array.isArray(raw)) return null;
  const kind = placeKinds.find((each) => each === raw[0]);
  return kind === undefined || typeof raw[1] !== 'string' ? null : { kind, id: raw[1] };
}

function readVersion(id: string, raw: RawRecord): FileVersion | null {
  const sha256 = text(raw['sha256']);
  if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
  return {
    id,
    sha256,
    size: count(raw['size']),
    type: text(raw['type']) || 'application/octet-stream',
    by: text(raw['by']),
    at: count(raw['at']),
  };
}

/** Reads a file's document. Total. */
export function readFile(doc: Y.Doc): StoredFile {
  const meta = rawRecord(doc.getMap('meta'));
  const versions: FileVersion[] = [];
  eachRecord(doc, versionsRoot, (id, map) => {
    const version = readVersion(id, rawRecord(map));
    if (version !== null) versions.push(version);
  });
  return {
    name: cleanName(text(meta['name'])),
    place: readPlace(meta['place']),
    by: text(meta['by']),
    at: count(meta['at']),
    tags: readTags(meta['tags']),
    deletedAt: typeof meta['deletedAt'] === 'number' ? meta['deletedAt'] : null,
    isPurged: typeof meta['purgedAt'] === 'number',
    versions: versions.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

export const hasVersion = (doc: Y.Doc, id: string): boolean => recordMap(doc, versionsRoot, id) !== null;

const placeValue = (place: FilePlace): [string, string] | null => (place === null ? null : [place.kind, place.id]);

/** A new file's first writes, without a version. */
export const newFilePatch = (file: { name: string; place: FilePlace; by: string; at: number }): Patch => [
  {
    root: 'meta',
    id: rootRecord,
    set: { schema: 1, name: cleanName(file.name), place: placeValue(file.place), by: file.by, at: file.at },
  },
];

/** Adds a version, which is the file from then on. */
export const versionPatch = ({ id, ...version }: FileVersion): Patch => [
  { root: versionsRoot, id, create: true, set: { ...version } },
];

/** Renames, moves, tags, deletes (`deletedAt` epoch ms) or restores (null) a file. */
export function changePatch(change: {
  name?: string;
  place?: FilePlace;
  tags?: readonly string[];
  deletedAt?: number | null;
}): Patch {
  const set = {
    ...(change.name === undefined ? {} : { name: cleanName(change.name) }),
    ...(change.place === undefined ? {} : { place: placeValue(change.place) }),
    ...(change.tags === undefined ? {} : { tags: readTags(change.tags) }),
    ...(change.deletedAt === undefined ? {} : { deletedAt: change.deletedAt }),
  };
  return [{ root: 'meta', id: rootRecord, set }];
}

/** Gives a file up for good: its rows go, and with them what keeps its contents. */
export const purgePatch = (at: number): Patch => [{ root: 'meta', id: rootRecord, set: { purgedAt: at } }];
