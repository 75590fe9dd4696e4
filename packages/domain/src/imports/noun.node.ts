import { dealImports } from '../deals/import-target.node.ts';
import type { Noun } from '../http/workspace-context.node.ts';
import { peopleImports } from '../people/people-import.node.ts';
import { importsReadModel, makeImportKind } from './import-kind.ts';
import { companyImports, contactImports } from './record-targets.node.ts';
import { resumeImports } from './resume.node.ts';
import { importRoutes } from './routes.ts';
import { stopImports } from './run.node.ts';

const targets = [dealImports, contactImports, companyImports, peopleImports];

/** Imports: a record of each, and the routes. A noun that can be imported is one entry of the list. */
export const imports: Noun = {
  name: 'imports',
  kinds: [makeImportKind()],
  readModel: importsReadModel,
  rowOwners: { imports: 'board_id' },
  routes: (deps) => importRoutes(deps, targets),
  onWorkspaceOpened(workspace, deps) {
    resumeImports(workspace, deps, targets).catch((error: unknown) =>
      deps.warn({ error: error instanceof Error ? error.stack : String(error) }, 'imports could not be looked after'),
    );
    return () => stopImports(workspace.id);
  },
  // Records of imports are the server's; screens read them through the API.
  admit: (doc) => Promise.resolve(!doc.startsWith('import/')),
};
