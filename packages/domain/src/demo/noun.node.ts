import { Hono } from 'hono';
import * as v from 'valibot';
import { refuse } from '../http/api-error.node.ts';
import { describe } from '../http/describe.node.ts';
import {
  requireRole,
  type Noun,
  type NounDeps,
  type WorkspaceContext,
  type WorkspaceEnv,
} from '../http/workspace-context.node.ts';
import { demoPeople } from './people.ts';
import { demoAgent, type DemoPart } from './demo-part.node.ts';

/** Adds the whole sample; answers the id of the pipeline that it is on. */
export async function addDemo(ws: WorkspaceContext, deps: NounDeps, parts: readonly DemoPart[]): Promise<string> {
  ws.people.ensurePending(demoPeople);
  // One after another: deals name the sample's companies, notes its deals.
  for (const part of parts) await part.add(ws, deps);
  const newest = ws.query.get<{ board_id: string }>(
    `SELECT board_id FROM activity WHERE agent = ? AND noun = 'deal' AND kind = 'imported' ORDER BY id DESC LIMIT 1`,
    [demoAgent],
  );
  if (newest === undefined) throw new Error('the sample brought no deal');
  return newest.board_id;
}

/** Sample data to try the product on. Parts are added in their order and taken away in the opposite one. */
export const makeDemo = (parts: readonly DemoPart[]): Noun => ({
  name: 'demo',
  kinds: [],
  readModel: [],
  routes: (deps) => demoRoutes(deps, parts),
});

function demoRoutes(deps: NounDeps, parts: readonly DemoPart[]): Hono<WorkspaceEnv> {
  const tag = 'Workspaces';
  return new Hono<WorkspaceEnv>()
    .post(
      '/demo',
      requireRole('admin'),
      describe({ tag, summary: 'Add sample data', status: 201, reply: v.object({ board: v.string() }) }),
      async (c) => c.json({ board: await addDemo(c.var.workspace, deps, parts) }, 201),
    )
    .delete(
      '/demo',
      requireRole('admin'),
      describe({ tag, summary: 'Take the sample data away', status: 204 }),
      async (c) => {
        let removed = 0;
        for (const part of parts.toReversed()) removed += await part.remove(c.var.workspace, deps);
        const { people } = c.var.workspace;
        people.dropPending(
          people
            .list()
            .flatMap(({ id, name, status }) => (status === 'pending' && demoPeople.includes(name) ? [id] : [])),
        );
        return removed === 0 ? refuse(c, 'not-found', 'There is no sample data.') : c.body(null, 204);
      },
    );
}
