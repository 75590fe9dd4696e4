import type { Noun } from '../http/workspace-context.node.ts';
import { tableRoutes } from './routes.ts';
import type { TableDef } from './table-def.ts';
import type { TableEdits } from './table-edits.ts';

/** Nouns as tables. It has no rows of its own. */
export const makeTables = (tables: readonly TableDef[], edits: readonly TableEdits[]): Noun => ({
  name: 'tables',
  kinds: [],
  readModel: [],
  routes: (deps) => tableRoutes(tables, edits, deps),
});
