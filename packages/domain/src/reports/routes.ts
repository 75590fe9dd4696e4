import { Hono } from 'hono';
import { refuse } from '../http/api-error.node.ts';
import { query } from '../http/body.node.ts';
import { describe } from '../http/describe.node.ts';
import { listOf } from '../http/list.node.ts';
import type { WorkspaceContext, WorkspaceEnv } from '../http/workspace-context.node.ts';
import { dealBehind, drillQuery } from './deals-behind.ts';
import { reports } from './definitions.ts';
import { readDealsBehind, readReport } from './read-jobs.node.ts';
import { reportListSchema, reportSchema } from './reply-schema.ts';
import { reportQuery } from './request.ts';
import type { AskedTeam } from './run-report.ts';

const noTeam = 'There is no such team.';

/** A team as it is at the moment of asking. */
function teamNamed(ws: WorkspaceContext, id: string | undefined): AskedTeam | undefined {
  const team = id === undefined ? undefined : ws.teams.list().find((each) => each.id === id);
  return team && { name: team.name, members: team.members };
}

/** `GET /reports` and `GET /reports/:name`: numbers from the read model, each with its formula, n and drill. */
export function reportRoutes(): Hono<WorkspaceEnv> {
  const app = new Hono<WorkspaceEnv>();

  app.get(
    '/reports',
    describe({ tag: 'Reports', summary: 'List reports with their formulas', reply: reportListSchema }),
    (c) =>
      c.json({
        items: reports.map(({ name, title, formula, on, params }) => ({ name, title, formula, on, params })),
        nextCursor: null,
        total: reports.length,
      }),
  );

  app.get(
    '/reports/deals',
    describe({
      tag: 'Reports',
      summary: 'List the deals behind a number',
      description: 'Takes the query of a drill; `field.<key>` for custom fields. An empty value means “has none”.',
      reply: listOf(dealBehind),
    }),
    query(drillQuery),
    async (c) => {
      const { limit, cursor: offset, ...filter } = c.req.valid('query');
      const given: Record<string, string> = {};
      for (const [key, value] of Object.entries(filter)) {
        if (value === undefined) continue;
        if (!Object.hasOwn(drillQuery.entries, key) && !key.startsWith('field.'))
          return refuse(c, 'invalid', `${key} is not a known field.`, { [key]: 'is not a known field' });
        given[key] = value;
      }
      const team = teamNamed(c.var.workspace, given.team);
      if (given.team !== undefined && team === undefined)
        return refuse(c, 'not-found', noTeam, { team: 'is not a team' });
      const members = team === undefined ? {} : { team: team.members };
      const { items, total } = await c.var.workspace.read(readDealsBehind, {
        filter: given,
        limit,
        offset,
        ...members,
      });
      const next = offset + items.length;
      return c.json({ items, nextCursor: next < total && items.length > 0 ? String(next) : null, total });
    },
  );

  app.get(
    '/reports/:name',
    describe({
      tag: 'Reports',
      summary: 'Run a report',
      description: `Names: ${reports.map(({ name }) => name).join(', ')}. Every row carries the query of its deals.`,
      reply: reportSchema,
    }),
    query(reportQuery),
    async (c) => {
      const query = c.req.valid('query');
      const team = teamNamed(c.var.workspace, query.team);
      const asked = { name: c.req.param('name'), query, ...(team === undefined ? {} : { team }) };
      const outcome = await c.var.workspace.read(readReport, asked);
      if (outcome === null) return refuse(c, 'not-found', 'There is no such report. GET /reports lists them.');
      if (outcome.ok) return c.json(outcome.reply);
      const { code, field, problem } = outcome.refusal;
      return refuse(c, code, `${field} ${problem}.`, { [field]: problem });
    },
  );
  return app;
}
