import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { activityRow } from '../activity/activity-row.ts';
import { readFile, type PlaceKind, type StoredFile } from './file.ts';

/** The kind of document that a file is, for the sync server. A file has a handful of versions, so all rows are written. */
export function makeFileKind() {
  return {
    owns: (name: string): boolean => name.startsWith('file/'),
    projector(docName: string, doc: Y.Doc) {
      const id = docName.slice('file/'.length);
      // What it was before this load's first change: nothing yet when the document is being made.
      let before: StoredFile | null = null;
      const known = () => (doc.getMap('meta').size === 0 ? null : readFile(doc));
      before = known();
      return {
        project(_transaction: Y.Transaction, context: ChangeContext): RowWrite[] {
          const after = known();
          const writes = after === null ? [] : rowsOf(id, docName, before, after, context);
          before = after;
          return writes;
        },
      };
    },
  };
}

function rowsOf(
  id: string,
  doc: string,
  before: StoredFile | null,
  after: StoredFile,
  context: ChangeContext,
): RowWrite[] {
  const newest = after.versions.at(-1);
  if (after.isPurged || newest === undefined)
    return [
      { table: 'files', key: { id }, row: null },
      { table: 'file_versions', key: { file_id: id }, row: null },
    ];
  const file: RowWrite = {
    table: 'files',
    key: { id },
    row: {
      doc,
      name: after.name,
      place_kind: after.place?.kind ?? null,
      place_id: after.place?.id ?? null,
      type: newest.type,
      size: newest.size,
      sha256: newest.sha256,
      version_id: newest.id,
      versions: after.versions.length,
      by: after.by,
      created_at: after.at,
      tags: JSON.stringify(after.tags),
      changed_at: newest.at,
      deleted_at: after.deletedAt,
    },
  };
  const versions = after.versions.map(({ id: version, sha256, size, type, by, at }): RowWrite => {
    return { table: 'file_versions', key: { file_id: id, id: version }, row: { sha256, size, type, by, at } };
  });
  return [file, ...versions, ...told(id, doc, before, after, context)];
}

/** Records that have a timeline. */
const withTimeline: ReadonlySet<PlaceKind> = new Set(['deal', 'lead', 'contact', 'company']);

interface Told {
  readonly kind: string;
  readonly noun?: string;
  readonly record?: string;
  readonly field?: string;
  readonly from?: string | null;
  readonly to?: string | null;
}

/** What the activity feed says of a change. */
function told(
  id: string,
  doc: string,
  before: StoredFile | null,
  after: StoredFile,
  context: ChangeContext,
): RowWrite[] {
  const lines: Told[] = [];
  const { place } = after;
  // In the timeline of the record that it is attached to.
  if (place !== null && withTimeline.has(place.kind) && place.id !== before?.place?.id)
    lines.push({ kind: 'attached', noun: place.kind, record: place.id, to: after.name });
  if (before === null) lines.push({ kind: 'created' });
  else {
    if (before.name !== after.name) lines.push({ kind: 'changed', field: 'name', from: before.name, to: after.name });
    if (before.versions.length < after.versions.length)
      lines.push({ kind: 'changed', field: 'version', from: null, to: String(after.versions.length) });
    if (before.deletedAt === null && after.deletedAt !== null) lines.push({ kind: 'deleted' });
    if (before.deletedAt !== null && after.deletedAt === null) lines.push({ kind: 'restored' });
  }
  // Whose it is follows from the document: what the file lies in.
  return lines.map((line, position) =>
    activityRow(context, position, { noun: 'file', doc, record: id, title: after.name, ...line }),
  );
}
