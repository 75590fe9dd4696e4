import { applyPatch } from '@rapport/doc/patch';
import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { createBoard } from './board-routes.ts';
import { stagesOf, stagesRoot } from './board.ts';
import { demoPeople, demoStages, makeDemoDeals } from './demo-data.ts';
import { addDeals, deleteDeals, type NewDeal } from './ops.ts';
import { perform } from './perform.node.ts';
import { initBoard } from './stage-ops.ts';

/** Marks what the demo brought, so that it can be taken away as a whole. */
const agent = 'demo';

/** mulberry32: the demo looks the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The first pipeline if nobody has put anything on it yet, with the sample's stages; else a new one. */
async function demoBoard(ws: WorkspaceContext, deps: NounDeps): Promise<string> {
  const untouched = ws.query.get<{ id: string }>(
    `SELECT b.id FROM boards b WHERE b.kind = 'deals' AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.board_id = b.id) ORDER BY b.id LIMIT 1`,
  );
  const board = { name: 'New business', kind: 'deals', currency: 'EUR', stages: demoStages } as const;
  if (untouched === undefined) return createBoard(ws, deps, { ...board, name: 'Cold chain' });
  await ws.hub.transact(`board/${untouched.id}`, ws.author(), (doc) => {
    const gone = stagesOf(doc).map(({ id }) => ({ root: stagesRoot, id, set: { deletedAt: deps.now() } }));
    applyPatch(doc, [...gone, ...initBoard(board, { now: deps.now(), random: Math.random, id: deps.newId })]);
  });
  return untouched.id;
}

/** Adds sample deals and their owners to a pipeline; answers the board's id. */
export async function addDemo(ws: WorkspaceContext, deps: NounDeps): Promise<string> {
  const random = seeded(7);
  const people = ws.people.ensurePending(demoPeople);
  const owners = [ws.actor.memberId, ...people.map(({ id }) => id)];
  const boardId = await demoBoard(ws, deps);
  const now = deps.now();
  await ws.hub.transact(`board/${boardId}`, ws.author('import', agent), (doc) => {
    const stages = stagesOf(doc);
    const deals = makeDemoDeals({ now, random, owners, currency: 'EUR' }).map(({ stage, values }): NewDeal => ({
      id: deps.newId(),
      stageId: stages[stage]?.id ?? '',
      values,
    }));
    const planned = addDeals(doc, deals, { now, random });
    if (!planned.ok) throw new Error(planned.error.message);
    applyPatch(doc, planned.value);
  });
  return boardId;
}

export function demoRoutes(deps: NounDeps): Hono<WorkspaceEnv> {
  const tag = 'Workspaces';
  return new Hono<WorkspaceEnv>()
    .post(
      '/demo',
      requireRole('admin'),
      describe({ tag, summary: 'Add sample data', status: 201, reply: v.object({ board: v.string() }) }),
      async (c) => c.json({ board: await addDemo(c.var.workspace, deps) }, 201),
    )
    .delete(
      '/demo',
      requireRole('admin'),
      describe({ tag, summary: 'Take the sample data away', status: 204 }),
      async (c) => {
        const ws = c.var.workspace;
        const brought = ws.query.all<{ id: string; doc: string }>(
          `SELECT d.id, d.doc FROM deals d JOIN activity a ON a.record = d.id AND a.kind = 'imported' AND a.agent = ? WHERE d.deleted_at IS NULL`,
          [agent],
        );
        if (brought.length === 0) return refuse(c, 'not-found', 'There is no sample data.');
        for (const [doc, deals] of Map.groupBy(brought, (deal) => deal.doc))
          await perform(ws, doc, (live) =>
            deleteDeals(
              live,
              deals.map(({ id }) => id),
              { now: deps.now(), random: Math.random },
            ),
          );
        ws.people.dropPending(
          ws.people
            .list()
            .flatMap(({ id, name, status }) =>
              status === 'pending' && (demoPeople as readonly string[]).includes(name) ? [id] : [],
            ),
        );
        return c.body(null, 204);
      },
    );
}
