import { ok } from '@rapport/doc/result';
import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import { cardOf } from './board.ts';
import type { CardRows } from './card-rows.node.ts';
import type { Card, CardType } from './card-type.ts';
import { customFieldsIn } from './custom-fields.node.ts';
import type { CardOps } from './ops.ts';
import { perform } from './perform.node.ts';

/** Cards changed in one commit, so that a large hand-over never holds up a keystroke. */
const batch = 200;

/**
 * Gives the open cards of one kind of one person to another, or to nobody: ordinary edits by the caller, live and in the
 * history. Closed ones keep the name of whoever closed them. Answers how many went over.
 */
export async function handOverCards<C extends Card>(
  ws: WorkspaceContext,
  { type, ops, rows: cards }: { readonly type: CardType<C>; readonly ops: CardOps<C>; readonly rows: CardRows },
  from: string,
  to: string | null,
  env: { now: number; random: () => number },
): Promise<number> {
  const custom = await customFieldsIn(ws.hub, type.noun);
  let done = 0;
  // Asked again until nothing is left: cards that came to them meanwhile go over, too.
  for (;;) {
    // What the caller may only look at keeps its owner, for somebody who may change it.
    const boards = ws.query
      .all<{ id: string }>('SELECT id FROM boards')
      .filter(({ id }) => ws.accessTo(id) === 'edit')
      .map(({ id }) => id);
    const rows = ws.query.all<{ id: string; doc: string }>(
      `SELECT d.id, d.doc ${cards.from} WHERE d.owner = ? AND d.deleted_at IS NULL AND coalesce(s.kind, 'open') = 'open'
         AND d.board_id IN (SELECT value FROM json_each(?))
       ORDER BY d.doc, d.id LIMIT ${batch}`,
      [from, JSON.stringify(boards)],
    );
    const before = done;
    for (const [doc, group] of Map.groupBy(rows, (row) => row.doc)) {
      let count = 0;
      const outcome = await perform(ws, doc, (live) => {
        const ids = group.map(({ id }) => id).filter((id) => cardOf(type, live, id, custom)?.owner === from);
        count = ids.length;
        return ids.length === 0 ? ok([]) : ops.edit(live, ids, { owner: to }, { ...env, custom });
      });
      if (outcome.ok) done += count;
    }
    // Nothing moved: what the rows still say is not so in the documents (any more).
    if (done === before) return done;
  }
}
