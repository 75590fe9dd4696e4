import { rawRecord, rootRecord } from '@rapport/doc/records';
import type { Patch } from '@rapport/doc/patch';
import type * as Y from 'yjs';

/**
 * A folder of the library as a document, `folder/<id>`: root `meta` has `{schema, name, folder, by, at, deletedAt}`. What
 * lies in what is the server's to decide (ADR 11); `folder` only tells readers of the history where it was put.
 */
export const folderDoc = (id: string): string => `folder/${id}`;

/** UTF-16 code units. */
export const folderNameLimit = 200;

export interface Folder {
  readonly name: string;
  /** The folder that it was put into; null: the library itself. */
  readonly folder: string | null;
  readonly by: string;
  readonly at: number;
  readonly deletedAt: number | null;
}

const instant = (raw: unknown): number | null =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 8.64e15 ? raw : null;

/** One line, without marks that turn the reading direction of what stands around it. */
export const cleanFolderName = (raw: string): string =>
  raw
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, folderNameLimit)
    .toWellFormed();

/** Reads a folder's document, which anybody who may edit it may have written. Total. */
export function readFolder(doc: Y.Doc): Folder {
  const raw = rawRecord(doc.getMap('meta'));
  const name = typeof raw['name'] === 'string' ? cleanFolderName(raw['name']) : '';
  return {
    name: name === '' ? 'Folder' : name,
    folder: typeof raw['folder'] === 'string' ? raw['folder'].slice(0, 100) : null,
    by: typeof raw['by'] === 'string' ? raw['by'].slice(0, 100) : '',
    at: instant(raw['at']) ?? 0,
    deletedAt: instant(raw['deletedAt']),
  };
}

export const newFolderPatch = (folder: Omit<Folder, 'deletedAt'>): Patch => [
  { root: 'meta', id: rootRecord, set: { schema: 1, ...folder, name: cleanFolderName(folder.name) } },
];

export function changeFolderPatch(change: { name?: string; folder?: string | null; deletedAt?: number | null }): Patch {
  const { name, ...rest } = change;
  return [
    { root: 'meta', id: rootRecord, set: { ...rest, ...(name === undefined ? {} : { name: cleanFolderName(name) }) } },
  ];
}
