import type { Noun } from '../http/workspace-context.node.ts';
import { makeArchivist } from './archivist.node.ts';
import { makeBoardKind } from './board-kind.ts';
import { boardRoutes, createBoard } from './board-routes.ts';
import { dataQualityRoutes } from './data-quality-routes.ts';
import { dealRoutes } from './deal-routes.ts';
import { handOverDeals } from './hand-over.node.ts';
import { dealsReadModel, dealsRowOwners } from './read-model.ts';

/** Deals and the boards they stand on, as the server knows them. */
export const deals: Noun = {
  name: 'deals',
  kinds: [makeBoardKind()],
  readModel: dealsReadModel,
  rowOwners: dealsRowOwners,
  shareable: [{ table: 'boards', noun: 'board', name: 'name' }],
  projectionVersion: 3,
  routes: (deps) => boardRoutes(deps).route('/', dealRoutes(deps)).route('/', dataQualityRoutes()),
  onWorkspaceOpened({ hub, query, accessOf }, { now, warn }) {
    const mayEdit = (memberId: string, boardId: string) => accessOf(memberId, boardId) === 'edit';
    return makeArchivist({ hub, query, now, warn, mayEdit }).close;
  },
  handOver: (workspace, from, to, { now }) => handOverDeals(workspace, from, to, { now: now(), random: Math.random }),
  async onWorkspaceCreated(workspace, deps) {
    await createBoard(workspace, deps, { name: 'New business', kind: 'deals', currency: 'EUR' });
  },
};
