import type { Noun } from '../http/workspace-context.node.ts';
import { activityRoutes } from './routes.ts';

/** The activity feed. Its table belongs to the projections that write it. */
export const activity: Noun = { name: 'activity', kinds: [], readModel: [], routes: activityRoutes };
