import { Hono } from 'hono';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { withMerged } from '../duplicates/merged-ids.node.ts';
import type { WorkspaceEnv } from '../http/workspace-context.node.ts';
import { activityList } from './entry.ts';
import { activityQuery } from './list-activity.ts';
import { readActivity } from './read-jobs.node.ts';

/** `GET /activity`: who did what, newest first. */
export function activityRoutes(): Hono<WorkspaceEnv> {
  const app = new Hono<WorkspaceEnv>();
  app.get(
    '/activity',
    describe({
      tag: 'Activity',
      summary: 'List what happened, newest first',
      description:
        'Changes of one field by one person within a minute are one line, unless raw=1. Go on with before=<nextCursor>.',
      reply: activityList,
    }),
    query(activityQuery),
    async (c) => {
      const ws = c.var.workspace;
      const asked = c.req.valid('query');
      // What happened to a record before it was merged into this one happened to this one.
      const records = asked.record === undefined ? [] : withMerged(ws.query, asked.record);
      return c.json(await ws.read(readActivity, { ...asked, records }));
    },
  );
  return app;
}
