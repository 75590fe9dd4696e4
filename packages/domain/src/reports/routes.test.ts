import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Read, WorkspaceEnv } from '../http/workspace-context.node.ts';
import { fill, makeTables } from './dev/tables.node.ts';
import { reportRoutes } from './routes.ts';

const { database, tables } = makeTables();
const app = new Hono<WorkspaceEnv>();
const read: Read = async (job, args) => job.run(tables, args, 1_700_000_000_000);
app.use(async (c, next) => {
  // The reports use nothing else of the workspace.
  c.set('workspace', { read } as never);
  await next();
});
app.route('/', reportRoutes());

const get = async (path: string) => {
  const reply = await app.request(path);
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
};

describe('GET /reports', () => {
  beforeEach(() => {
    fill(database, {
      boards: [{ id: 'b', currency: 'CHF' }],
      stages: [{ board: 'b', id: 's', kind: 'open', probability: 33 }],
      deals: [
        { id: 'd1', board: 'b', stage: 's', minor: 150, currency: 'CHF' },
        { id: 'd2', board: 'b', stage: 's', minor: 999, currency: 'EUR' },
      ],
    });
  });

  it('lists each report with its formula', async () => {
    const { status, body } = await get('/reports');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 8, nextCursor: null });
    for (const item of body.items as { formula: string }[]) expect(item.formula).toMatch(/\.$/);
  });

  it('runs one, with its formula, n, and the foreign currencies apart', async () => {
    const { body } = await get('/reports/pipeline-by-stage?board=b');
    expect(body).toMatchObject({
      name: 'pipeline-by-stage',
      asOf: 1_700_000_000_000,
      n: 2,
      currency: 'CHF',
      omitted: 0,
    });
    expect(body.rows).toEqual([
      {
        board: 'b',
        stage: 's',
        name: 'Stage s',
        colour: '',
        kind: 'open',
        probability: 33,
        count: 2,
        sum: { minor: 150, currency: 'CHF' },
        weighted: { minor: 50, currency: 'CHF' },
        foreign: [{ sum: { minor: 999, currency: 'EUR' }, count: 1 }],
        drill: { path: '/reports/deals', query: { board: 'b', stage: 's' } },
      },
    ]);
  });

  it('lists the deals behind a number, page by page', async () => {
    const first = await get('/reports/deals?board=b&stage=s&limit=1');
    expect(first.body).toMatchObject({
      total: 2,
      nextCursor: '1',
      items: [{ id: 'd2', stage: 'Stage s', status: 'open' }],
    });
    const second = await get('/reports/deals?board=b&stage=s&limit=1&cursor=1');
    expect(second.body).toMatchObject({
      nextCursor: null,
      items: [{ id: 'd1', value: { minor: 150, currency: 'CHF' } }],
    });
    expect((await get('/reports/deals?field.product=x')).body.total).toBe(0);
  });

  it.each([
    ['/reports/deals?bord=b', 400, 'bord is not a known field.'],
    ['/reports/nope', 404, 'There is no such report. GET /reports lists them.'],
    ['/reports/win-rate?board=nope', 404, 'board is not a board.'],
    ['/reports/win-rate?bord=b', 400, 'bord is not a known field.'],
    ['/reports/win-rate?dimension=owner', 400, 'dimension is not a parameter of win-rate.'],
    ['/reports/value-by', 400, 'dimension is required.'],
    ['/reports/win-rate?from=2026-02-30', 400, 'from must be a day YYYY-MM-DD.'],
    ['/reports/win-rate?from=2026-03-01&to=2026-02-01', 400, 'to is before from.'],
    ['/reports/win-rate?status=maybe', 400, 'status must be open, won or lost, or several with commas.'],
    ['/reports/win-rate?timeZone=Moon/Base', 400, 'timeZone must be an IANA time zone such as Europe/Lisbon.'],
    ['/reports/win-rate?currency=Euro', 400, 'currency must be an ISO 4217 code.'],
    ['/reports/leaderboard?limit=0', 400, 'limit must be >=1, not 0.'],
  ])('refuses %s', async (path, status, message) => {
    const reply = await get(path);
    expect(reply.status).toBe(status);
    expect(reply.body.error).toMatchObject({ message });
  });
});
