import type { Noun } from '../http/workspace-context.node.ts';
import { reportRoutes } from './routes.ts';

/** The reports. They have no documents: they read the tables of others. */
export const reports: Noun = { name: 'reports', kinds: [], readModel: [], routes: reportRoutes };
