import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { activityRow } from '../activity/activity-row.ts';
import { readFolder, type Folder } from './folder.ts';

/** Folders: public, for any SQL tool. `folder`: the one that it lies in; instants epoch ms. */
export const libraryReadModel: readonly string[] = [
  `CREATE TABLE folders (id TEXT PRIMARY KEY, doc TEXT NOT NULL, name TEXT NOT NULL, folder TEXT, by TEXT NOT NULL,
    created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, deleted_at INTEGER) WITHOUT ROWID`,
];

/** The kind of document that a folder is, for the sync server. */
export function makeFolderKind() {
  return {
    owns: (name: string): boolean => name.startsWith('folder/'),
    projector(docName: string, doc: Y.Doc) {
      const id = docName.slice('folder/'.length);
      const meta = doc.getMap<unknown>('meta');
      const known = (): Folder | null => (meta.size === 0 ? null : readFolder(doc));
      let before = known();
      return {
        project(transaction: Y.Transaction, context: ChangeContext): RowWrite[] {
          if (!transaction.changed.has(meta as Y.AbstractType<unknown> as never)) return [];
          const after = known();
          const was = before;
          before = after;
          if (after === null) return [{ table: 'folders', key: { id }, row: null }];
          const { name, folder, by, at, deletedAt } = after;
          const row = {
            doc: docName,
            name,
            folder,
            by,
            created_at: at,
            changed_at: context.at,
            deleted_at: deletedAt,
          };
          return [{ table: 'folders', key: { id }, row }, ...told(id, docName, was, after, context)];
        },
      };
    },
  };
}

/** What the activity feed says of a change; whose it is follows from the document. */
function told(id: string, doc: string, before: Folder | null, after: Folder, context: ChangeContext): RowWrite[] {
  const lines: { kind: string; field?: string; from?: string; to?: string }[] = [];
  if (before === null) lines.push({ kind: 'created' });
  else {
    if (before.name !== after.name) lines.push({ kind: 'changed', field: 'name', from: before.name, to: after.name });
    if (before.deletedAt === null && after.deletedAt !== null) lines.push({ kind: 'deleted' });
    if (before.deletedAt !== null && after.deletedAt === null) lines.push({ kind: 'restored' });
  }
  return lines.map((line, position) =>
    activityRow(context, position, { noun: 'folder', doc, record: id, title: after.name, ...line }),
  );
}
