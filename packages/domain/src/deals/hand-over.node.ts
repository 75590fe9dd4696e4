import { ok } from '@rapport/doc/result';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { dealOf } from './board.ts';
import { customFieldsIn } from '../boards/custom-fields.node.ts';
import { dealFrom } from './deal-rows.node.ts';
import { editDeals } from './ops.ts';
import { perform } from '../boards/perform.node.ts';

/** Deals changed in one commit, so that a large hand-over never holds up a keystroke. */
const batch = 200;

/**
 * Gives the open deals of one person to another, or to nobody: ordinary edits by the caller, live and in the history.
 * Closed deals keep the name of whoever closed them. Answers how many went over.
 */
export async function handOverDeals(
  ws: WorkspaceContext,
  from: string,
  to: string | null,
  env: { now: number; random: () => number },
): Promise<number> {
  const custom = await customFieldsIn(ws.hub, 'deal');
  let done = 0;
  // Asked again until nothing is left: deals that came to them meanwhile go over, too.
  for (;;) {
    // What the caller may only look at keeps its owner, for somebody who may change it.
    const boards = ws.query
      .all<{ id: string }>('SELECT id FROM boards')
      .filter(({ id }) => ws.accessTo(id) === 'edit')
      .map(({ id }) => id);
    const rows = ws.query.all<{ id: string; doc: string }>(
      `SELECT d.id, d.doc ${dealFrom} WHERE d.owner = ? AND d.deleted_at IS NULL AND coalesce(s.kind, 'open') = 'open'
         AND d.board_id IN (SELECT value FROM json_each(?))
       ORDER BY d.doc, d.id LIMIT ${batch}`,
      [from, JSON.stringify(boards)],
    );
    const before = done;
    for (const [doc, deals] of Map.groupBy(rows, (row) => row.doc)) {
      let count = 0;
      const outcome = await perform(ws, doc, (live) => {
        const ids = deals.map(({ id }) => id).filter((id) => dealOf(live, id, custom)?.owner === from);
        count = ids.length;
        return ids.length === 0 ? ok([]) : editDeals(live, ids, { owner: to }, { ...env, custom });
      });
      if (outcome.ok) done += count;
    }
    // Nothing moved: what the rows still say is not so in the documents (any more).
    if (done === before) return done;
  }
}
