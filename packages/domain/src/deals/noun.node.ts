import { createBoard } from '../boards/board-routes.ts';
import type { Noun } from '../http/workspace-context.node.ts';
import { dealRoutes } from './deal-routes.ts';
import { handOverDeals } from './hand-over.node.ts';
import { defaultStages } from './schema.ts';

/** Deals, as the server knows them; their tables and documents are the boards'. */
export const deals: Noun = {
  name: 'deals',
  kinds: [],
  readModel: [`CREATE INDEX deals_by_company ON deals (company)`],
  routes: dealRoutes,
  handOver: (workspace, from, to, { now }) => handOverDeals(workspace, from, to, { now: now(), random: Math.random }),
  async onWorkspaceCreated(workspace, deps) {
    await createBoard(workspace, deps, {
      name: 'New business',
      kind: 'deals',
      currency: 'EUR',
      stages: defaultStages,
    });
  },
};
