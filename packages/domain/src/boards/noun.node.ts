import type { Noun } from '../http/workspace-context.node.ts';
import { withRaceRows } from '../tables/race-rows.ts';
import { makeArchivist } from './archivist.node.ts';
import { makeBoardKind } from './board-kind.ts';
import { boardRoutes } from './board-routes.ts';
import type { CardType } from './card-type.ts';
import { dataQualityRoutes } from './data-quality-routes.ts';
import { boardsReadModel, boardsRowOwners, cardReadModel, cardRowOwners } from './read-model.ts';

/**
 * Boards of every kind and what stands on them, as the server knows them; the cards' nouns say the rest. `recordTables`:
 * tables of other records, whose ids no card can have.
 */
export const makeBoards = (types: readonly CardType[], recordTables: readonly string[]): Noun => ({
  name: 'boards',
  kinds: [withRaceRows(makeBoardKind(types, recordTables))],
  readModel: [...boardsReadModel, ...types.flatMap(cardReadModel)],
  rowOwners: Object.assign({}, boardsRowOwners, ...types.map(cardRowOwners)),
  shareable: [{ table: 'boards', noun: 'board', name: 'name' }],
  projectionVersion: 5,
  routes: (deps) => boardRoutes(deps, types).route('/', dataQualityRoutes(types)),
  onWorkspaceOpened({ hub, query, accessOf }, { now, warn }) {
    const mayEdit = (memberId: string, boardId: string) => accessOf(memberId, boardId) === 'edit';
    return makeArchivist({ hub, query, now, warn, mayEdit, types, recordTables }).close;
  },
});
