import * as v from 'valibot';
import { expect, test } from 'vitest';
import { reports } from './definitions.ts';
import { dealsBehind } from './deals-behind.ts';
import { fill, makeTables, type DealFixture } from './dev/tables.node.ts';
import type { LeaderRow } from './leaderboard.ts';
import type { ReportReply } from './report.ts';
import { reportQuery } from './request.ts';
import { runReport } from './run-report.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const stages = [
  { board: 'b', id: 'open', kind: 'open', probability: 40 },
  { board: 'b', id: 'won', kind: 'won', probability: 100 },
  { board: 'b', id: 'lost', kind: 'lost', probability: 0 },
] as const;
const people = Array.from({ length: 12 }, (_, at) => `p${at}`);
/** Teams of four, as a file of agents and their managers makes them; the third of each two is in both. */
const teams = [people.slice(0, 5), people.slice(4, 9), people.slice(8)];

/** Generated, the same each time. */
const deals = Array.from({ length: 900 }, (_, at): DealFixture => {
  const dice = (at * 7919) % 1009;
  return {
    id: `d${at}`,
    board: 'b',
    stage: stages[dice % 3]?.id ?? 'open',
    currency: 'EUR',
    owner: dice % 13 === 12 ? null : (people[dice % 13] ?? null),
    minor: dice % 17 === 0 ? null : dice * 100,
    createdAt: now - dice * 86_400_000,
    closedAt: dice % 3 === 0 ? null : now - (dice % 90) * 86_400_000,
  };
});
const { database, tables } = makeTables();
fill(database, { boards: [{ id: 'b', currency: 'EUR' }], stages, deals });

function run(name: string, members: readonly string[] | null) {
  const report = reports.find((each) => each.name === name);
  const query = v.parse(reportQuery, {
    board: 'b',
    ...(name === 'value-by' ? { dimension: 'source' } : {}),
    ...(members === null ? {} : { team: 't' }),
  });
  const outcome =
    report && runReport(tables, report, query, now, members === null ? undefined : { name: 'West', members });
  if (!outcome?.ok) throw new Error(JSON.stringify(outcome));
  return outcome.reply as ReportReply<LeaderRow & { drill: { query: Record<string, string> } }>;
}

test.each(teams.map((team, at) => [at, team] as const))(
  '[R9] the leaderboard of team %i is its members’ alone',
  (_at, team) => {
    const byHand = tables.all<{ owner: string; won: number; lost: number; sum: number }>(
      `SELECT owner, SUM(stage_id = 'won') AS won, SUM(stage_id = 'lost') AS lost,
       SUM(CASE WHEN stage_id = 'won' THEN COALESCE(value_minor, 0) ELSE 0 END) AS sum
     FROM deals WHERE stage_id <> 'open' AND owner IN (${team.map((each) => `'${each}'`).join(', ')})
     GROUP BY owner ORDER BY sum DESC`,
    );
    const reply = run('leaderboard', team);
    expect(
      reply.rows.map(({ owner, won, lost }) => ({ owner, won: won.count, lost: lost.count, sum: won.sum.minor })),
    ).toEqual(byHand);
    expect(reply.formula).toMatch(/Only deals whose owner is in the team West now\.$/);
    for (const { drill, won, lost } of reply.rows)
      expect(dealsBehind(tables, drill.query, { limit: 1, offset: 0 }, now, team).total).toBe(won.count + lost.count);
  },
);

test('[R9] every report takes a team; teams that share nobody add up to all of their people', () => {
  for (const { name } of reports) {
    const all = run(name, people).n;
    const parts = [people.slice(0, 4), people.slice(4, 8), people.slice(8)].map((part) => run(name, part).n);
    expect([name, parts.reduce((sum, n) => sum + n, 0)]).toEqual([name, all]);
    expect(run(name, []).n).toBe(0);
  }
});

test('[R9] a team that is not there is said to be none', () => {
  const [report] = reports;
  const query = v.parse(reportQuery, { team: 'gone' });
  expect(report && runReport(tables, report, query, now)).toMatchObject({
    ok: false,
    refusal: { code: 'not-found', field: 'team' },
  });
});
