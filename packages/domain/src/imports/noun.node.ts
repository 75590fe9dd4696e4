import { applyPatch } from '@rapport/doc/patch';
import type { Hub } from '@rapport/sync/server/ports';
import { dealImports } from '../deals/import-target.node.ts';
import type { Noun, NounDeps, Query } from '../http/workspace-context.node.ts';
import { peopleImports } from '../people/people-import.node.ts';
import { importsReadModel, makeImportKind } from './import-kind.ts';
import { importDoc, importOf, recordPatch } from './record.ts';
import { companyImports, contactImports } from './record-targets.node.ts';
import { importRoutes } from './routes.ts';

const author = { actor: 'server', via: 'server' } as const;

/** What a stop of the server cut off says so, with what was kept; running on is not possible without the file. */
async function markCutOff(hub: Hub, query: Query, deps: NounDeps): Promise<void> {
  const cutOff = query.all<{ id: string }>(`SELECT id FROM imports WHERE status IN ('running', 'undoing')`);
  for (const { id } of cutOff)
    await hub.transact(importDoc(id), author, (doc) => {
      const { status, done, planned } = importOf(doc);
      const message =
        status === 'undoing'
          ? 'The server stopped while this import was taken back. Undo it again to finish.'
          : `The server stopped while this import ran. ${done} of ${planned} rows are in. Undo takes them back.`;
      applyPatch(doc, recordPatch({ status: 'interrupted', message, finishedAt: deps.now() }));
    });
}

/** Imports: a record of each, and the routes. A noun that can be imported is one entry of the list. */
export const imports: Noun = {
  name: 'imports',
  kinds: [makeImportKind()],
  readModel: importsReadModel,
  rowOwners: { imports: 'board_id' },
  routes: (deps) => importRoutes(deps, [dealImports, contactImports, companyImports, peopleImports]),
  onWorkspaceOpened({ hub, query }, deps) {
    markCutOff(hub, query, deps).catch((error: unknown) =>
      deps.warn({ error: error instanceof Error ? error.stack : String(error) }, 'imports could not be looked after'),
    );
    return () => undefined;
  },
  // Records of imports are the server's; screens read them through the API.
  admit: (doc) => Promise.resolve(!doc.startsWith('import/')),
};
