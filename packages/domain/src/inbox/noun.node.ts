import type { Noun } from '../http/workspace-context.node.ts';
import { inboxRoutes } from './routes.ts';

/** The inbox: derived from notes and comments. Its marks are in each member's own document, of the noun `workspace`. */
export const inbox: Noun = { name: 'inbox', kinds: [], readModel: [], routes: inboxRoutes };
