import type { Hono } from 'hono';
import * as v from 'valibot';
import { cardRoutes } from '../boards/card-routes.ts';
import { describe } from '../http/describe.node.ts';
import type { NounDeps, WorkspaceEnv } from '../http/workspace-context.node.ts';
import { linkRoutes } from './link-routes.ts';
import { dealRows } from './deal-rows.node.ts';
import { dealType } from './deal-type.ts';
import { dealOps } from './ops.ts';
import { customFieldsIn } from '../boards/custom-fields.node.ts';
import { referenceNames } from './reference-names.node.ts';

/** Deals. Every write is an operation on the board's document and live for everyone. */
export const dealRoutes = (deps: NounDeps): Hono<WorkspaceEnv> =>
  cardRoutes(
    {
      type: dealType,
      ops: dealOps,
      rows: dealRows,
      beside: {
        companyName: v.pipe(v.nullable(v.string()), v.description('What `company` is called, where it is an id')),
        contactName: v.nullable(v.string()),
      },
      filters: {
        company: v.optional(v.pipe(v.string(), v.description('Id or name'))),
        linked: v.optional(
          v.pipe(v.string(), v.description('Id of a company or contact that the deals are linked to')),
        ),
      },
    },
    deps,
  )
    .get(
      '/boards/:id/names',
      describe({
        tag: 'Deals',
        summary: "What the records are called that a board's deals name",
        description: 'By id. Those that you may not open are left out.',
        reply: v.object({ items: v.record(v.string(), v.string()) }),
      }),
      async (c) => {
        const { hub, query } = c.var.workspace;
        return c.json({ items: referenceNames(query, c.req.param('id'), await customFieldsIn(hub, 'deal')) });
      },
    )
    .route('/', linkRoutes());
