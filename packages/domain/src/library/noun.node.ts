import type { Noun } from '../http/workspace-context.node.ts';
import { libraryReadModel, makeFolderKind } from './folder-kind.ts';
import { folderRoutes } from './folder-routes.ts';
import { libraryRoutes } from './library-routes.ts';
import { purgeableFolderKind } from './purge.node.ts';

/** The library: folders, and what lies in them. */
export const library: Noun = {
  name: 'library',
  kinds: [purgeableFolderKind(makeFolderKind())],
  readModel: libraryReadModel,
  rowOwners: { folders: 'id' },
  shareable: [{ table: 'folders', noun: 'folder', name: 'name' }],
  routes: (deps) => folderRoutes(deps).route('/', libraryRoutes(deps)),
};
