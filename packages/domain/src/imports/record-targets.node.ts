import { companyImport } from '../companies/import-fields.ts';
import { contactImport } from '../contacts/import-fields.ts';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { dropFields, dropPeople } from './make-fields.node.ts';
import type { RecordImport } from './record-import.ts';
import { deletePatch } from './record-noun.ts';
import { openRecordImport } from './record-session.node.ts';
import type { ImportTarget, Whereabouts } from './session.node.ts';

/** Contacts and companies wherever they came from: an import of the ones makes some of the others. */
export const recordWhereabouts = (ws: WorkspaceContext, ids: readonly string[]): Whereabouts[] =>
  ws.query.all<Whereabouts>(
    `SELECT id, doc, name AS title FROM contacts WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL
      UNION ALL SELECT id, doc, name FROM companies WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL`,
    [JSON.stringify(ids), JSON.stringify(ids)],
  );

/**
 * Records that something leads to which is still there: a colleague linked them, or what leads there was kept. An undo
 * goes from the end to the beginning, so that what the import itself linked is gone by then.
 */
export const recordsHeld = (ws: WorkspaceContext, ids: readonly string[]): string[] =>
  ws.everyRow
    .all<{ id: string }>(
      `SELECT DISTINCT l.to_id AS id FROM record_links l WHERE l.to_id IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM contacts c WHERE c.id = l.from_id AND c.deleted_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM companies c WHERE c.id = l.from_id AND c.deleted_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.id = l.from_id AND d.deleted_at IS NOT NULL)
        UNION SELECT parent FROM companies WHERE deleted_at IS NULL AND parent IN (SELECT value FROM json_each(?))`,
      [JSON.stringify(ids), JSON.stringify(ids)],
    )
    .map(({ id }) => id);

const targetOf = (main: RecordImport): ImportTarget => ({
  noun: main.noun,
  singular: main.type.noun,
  resumes: true,
  open: (ws, deps) => openRecordImport(ws, deps, main, companyImport),
  whereabouts: recordWhereabouts,
  heldBy: recordsHeld,
  deletePatch,
  async dropMade(ws, deps, importId, _board, made) {
    const author = ws.author('import', importId);
    await dropFields(ws, deps, author, { noun: main.type.noun, table: main.type.plural }, made.fields);
    dropPeople(ws, made.people);
  },
});

export const contactImports: ImportTarget = targetOf(contactImport);
export const companyImports: ImportTarget = targetOf(companyImport);
