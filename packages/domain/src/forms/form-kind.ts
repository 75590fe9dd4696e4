import type { ChangeContext, RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { activityRow } from '../activity/activity-row.ts';
import { readForm, type Form } from './form.ts';

/** Forms: public, for any SQL tool. `active`: 1 while it takes answers; instants epoch ms. */
export const formsReadModel: readonly string[] = [
  `CREATE TABLE forms (id TEXT PRIMARY KEY, doc TEXT NOT NULL, name TEXT NOT NULL, active INTEGER NOT NULL,
    language TEXT NOT NULL, double_opt_in INTEGER NOT NULL, fields INTEGER NOT NULL, by TEXT NOT NULL,
    created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL, deleted_at INTEGER) WITHOUT ROWID`,
];

/** The kind of document that a form is, for the sync server. */
export function makeFormKind() {
  return {
    owns: (name: string): boolean => name.startsWith('form/'),
    projector(docName: string, doc: Y.Doc) {
      const id = docName.slice('form/'.length);
      const known = (): Form | null => (doc.getMap('meta').size === 0 ? null : readForm(doc));
      let before = known();
      return {
        project(_transaction: Y.Transaction, context: ChangeContext): RowWrite[] {
          const after = known();
          const was = before;
          before = after;
          if (after === null) return [{ table: 'forms', key: { id }, row: null }];
          const row = {
            doc: docName,
            name: after.name,
            active: after.isActive ? 1 : 0,
            language: after.language,
            double_opt_in: after.doubleOptIn ? 1 : 0,
            fields: after.fields.length,
            by: after.by,
            created_at: after.at,
            changed_at: context.at,
            deleted_at: after.deletedAt,
          };
          return [{ table: 'forms', key: { id }, row }, ...told(id, docName, was, after, context)];
        },
      };
    },
  };
}

/** What the activity feed says of a change. Typing in texts is not told letter by letter. */
function told(id: string, doc: string, before: Form | null, after: Form, context: ChangeContext): RowWrite[] {
  const lines: { kind: string; field?: string; from?: string | boolean; to?: string | boolean }[] = [];
  if (before === null) lines.push({ kind: 'created' });
  else {
    if (before.name !== after.name) lines.push({ kind: 'changed', field: 'name', from: before.name, to: after.name });
    if (before.isActive !== after.isActive)
      lines.push({ kind: 'changed', field: 'active', from: before.isActive, to: after.isActive });
    if (before.doubleOptIn !== after.doubleOptIn)
      lines.push({
        kind: 'changed',
        field: 'doubleOptIn',
        from: before.doubleOptIn,
        to: after.doubleOptIn,
      });
    if (before.deletedAt === null && after.deletedAt !== null) lines.push({ kind: 'deleted' });
    if (before.deletedAt !== null && after.deletedAt === null) lines.push({ kind: 'restored' });
  }
  return lines.map((line, position) =>
    activityRow(context, position, { noun: 'form', doc, record: id, title: after.name, ...line }),
  );
}
