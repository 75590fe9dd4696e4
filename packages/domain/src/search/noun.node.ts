import type { Noun } from '../http/workspace-context.node.ts';
import { searchRoutes } from './routes.ts';
import type { Searchable } from './searchable.ts';

/** Search over these nouns. Its index is the server's own, made of their rows. */
export const makeSearch = (searchables: readonly Searchable[]): Noun => ({
  name: 'search',
  kinds: [],
  readModel: [],
  routes: () => searchRoutes(searchables),
});
