import { applyPatch, type RecordWrite } from '@rapport/doc/patch';
import { dropFields, dropPeople } from '../imports/make-fields.node.ts';
import { deletePatch } from '../imports/record-noun.ts';
import { recordWhereabouts, recordsHeld } from '../imports/record-targets.node.ts';
import type { ImportTarget, Whereabouts } from '../imports/session.node.ts';
import { laneOf, stageOf, stagesRoot } from '../boards/board.ts';
import { openDealImport } from './import-session.node.ts';

/** How deals are imported, and what is taken back with them. */
export const dealImports: ImportTarget = {
  noun: 'deals',
  singular: 'deal',
  resumes: true,
  open: openDealImport,

  deletePatch,
  heldBy: recordsHeld,
  whereabouts: (ws, ids) => [
    ...recordWhereabouts(ws, ids),
    ...ws.query.all<Whereabouts>(
      `SELECT id, doc, title FROM deals WHERE id IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL`,
      [JSON.stringify(ids)],
    ),
  ],

  async dropMade(ws, deps, importId, board, made) {
    const author = ws.author('import', importId);
    const found = ws.query.get<{ doc: string }>(`SELECT doc FROM boards WHERE id = ?`, [board]);
    const stillUsed = new Set(
      ws.query
        .all<{ id: string }>(`SELECT DISTINCT stage_id AS id FROM deals WHERE board_id = ? AND deleted_at IS NULL`, [
          board,
        ])
        .map(({ id }) => id),
    );
    const stages = made.stages.filter((id) => !stillUsed.has(id));
    if (found && stages.length > 0)
      await ws.hub.transact(found.doc, author, (doc) => {
        // Looked at once more in the document: a card may have come into the stage a moment ago.
        const writes = stages
          .filter((id) => stageOf(doc, id) !== null && laneOf(doc, id).length === 0)
          .map((id): RecordWrite => ({ root: stagesRoot, id, set: { deletedAt: deps.now() } }));
        applyPatch(doc, writes);
      });
    await dropFields(ws, deps, author, { noun: 'deal', table: 'deals' }, made.fields);
    dropPeople(ws, made.people);
  },
};
