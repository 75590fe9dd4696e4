import { onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { createPeople } from '../create-people.web.ts';
import { workspaceDocument } from '../workspace/workspace-kind.ts';

/**
 * Who edits which cell. It is told with where everybody is, on the document that all have open; the server holds it back
 * from whoever may not open the record.
 */
export function createTablePresence(
  workspace: WorkspaceClient,
  tell: (cell: { record: string; field: string } | null) => void,
) {
  const document = workspace.open(workspaceDocument);
  const people = createPeople(document, workspace.me.id);
  onCleanup(() => {
    tell(null);
    document.release();
  });
  return {
    editedBy(rowId: string, key: string) {
      const holder = people.holders.get(rowId);
      return holder?.field === key ? holder : null;
    },
    tellEditing: (rowId: string | null, key: string | null) =>
      tell(rowId === null || key === null ? null : { record: rowId, field: key }),
  };
}
