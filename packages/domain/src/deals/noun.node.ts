import { createBoard } from '../boards/board-routes.ts';
import type { Noun } from '../http/workspace-context.node.ts';
import { dealRoutes } from './deal-routes.ts';
import { handOverCards } from '../boards/hand-over.node.ts';
import { dealRows } from './deal-rows.node.ts';
import { dealType } from './deal-type.ts';
import { dealOps } from './ops.ts';
import { defaultStages } from './schema.ts';

/** Deals, as the server knows them; their tables and documents are the boards'. */
export const deals: Noun = {
  name: 'deals',
  kinds: [],
  readModel: [`CREATE INDEX deals_by_company ON deals (company)`],
  routes: dealRoutes,
  handOver: (workspace, from, to, { now }) =>
    handOverCards(workspace, { type: dealType, ops: dealOps, rows: dealRows }, from, to, {
      now: now(),
      random: Math.random,
    }),
  async onWorkspaceCreated(workspace, deps) {
    await createBoard(workspace, deps, {
      name: 'New business',
      kind: 'deals',
      currency: 'EUR',
      stages: defaultStages,
    });
  },
};
