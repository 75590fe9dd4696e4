import type { Noun } from '../http/workspace-context.node.ts';
import { racesReadModel, racesRowOwners } from './race-rows.ts';
import { tableRoutes } from './routes.ts';
import type { TableDef } from './table-def.ts';
import type { TableEdits } from './table-edits.ts';

/** Nouns as tables. Of its own it has the races that cells show. */
export const makeTables = (tables: readonly TableDef[], edits: readonly TableEdits[]): Noun => ({
  name: 'tables',
  kinds: [],
  readModel: racesReadModel,
  rowOwners: racesRowOwners,
  routes: (deps) => tableRoutes(tables, edits, deps),
});
