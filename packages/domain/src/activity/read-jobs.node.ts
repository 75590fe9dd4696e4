import type { ReadJob } from '../http/workspace-context.node.ts';
import type { ActivityList } from './entry.ts';
import { type ActivityAsked, listActivity } from './list-activity.ts';

/** A page of the feed. Its total counts every row that fits, which takes long in an old workspace. */
export const readActivity: ReadJob<ActivityAsked, ActivityList> = { name: 'activity', run: listActivity };
