import type { Noun } from '../http/workspace-context.node.ts';
import { makeFileKind } from './file-kind.ts';
import { filesRowOwners } from './place.node.ts';
import { filesReadModel } from './read-model.ts';
import { fileRoutes } from './routes.ts';

/** Files: what is said of them. Their bytes lie below the workspace's data (apps/server/src/files). */
export const files: Noun = {
  name: 'files',
  kinds: [makeFileKind()],
  readModel: filesReadModel,
  projectionVersion: 3,
  rowOwners: filesRowOwners,
  routes: fileRoutes,
  // The server alone writes them, and screens read rows: whoever could write a checksum could read what has it.
  admit: (doc) => Promise.resolve(!doc.startsWith('file/')),
};
