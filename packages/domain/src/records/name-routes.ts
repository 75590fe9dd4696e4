import { isUlid } from '@rapport/doc/ids';
import { Hono } from 'hono';
import * as v from 'valibot';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import type { WorkspaceEnv } from '../http/workspace-context.node.ts';
import { namesOf } from './names-of.ts';

const atMost = 200;

/** What records are called that values of fields name by their ids. */
export const nameRoutes = (): Hono<WorkspaceEnv> =>
  new Hono<WorkspaceEnv>().get(
    '/records/names',
    describe({
      tag: 'Records',
      summary: 'What companies, contacts and deals are called',
      description: `By id, of at most ${atMost} ids with commas between. Those that are deleted or not shared with you are left out.`,
      reply: v.object({ items: v.record(v.string(), v.object({ noun: v.string(), name: v.string() })) }),
    }),
    query(v.strictObject({ ids: v.string() })),
    (c) => {
      const ids = c.req.valid('query').ids.split(',').filter(isUlid).slice(0, atMost);
      return c.json({ items: Object.fromEntries(namesOf(c.var.workspace.query, ids)) });
    },
  );
