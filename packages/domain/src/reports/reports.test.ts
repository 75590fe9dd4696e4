import * as fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf } from './days.ts';
import { dealTables, type DealQuery, whereOf } from './deal-query.ts';
import { reports } from './definitions.ts';
import { fill, type DealFixture, type Fixture, makeTables, type StageFixture } from './dev/tables.node.ts';
import type { LeaderRow } from './leaderboard.ts';
import type { StageRow } from './pipeline-by-stage.ts';
import type { Amount, Drill } from './report.ts';
import { reportQuery } from './request.ts';
import { runReport } from './run-report.ts';
import { type CycleRow, meanAndMedian } from './sales-cycle.ts';
import type { ValueRow } from './value-by.ts';
import type { WinRateRow } from './win-rate.ts';
import type { PeriodRow } from './won-lost.ts';

const now = Date.parse('2026-11-18T10:00:00Z');
const dayMs = 86_400_000;

const stages: StageFixture[] = [
  { board: 'b1', id: 's1', kind: 'open', probability: 30, rotDays: 10 },
  { board: 'b1', id: 's2', kind: 'won', probability: 100 },
  { board: 'b1', id: 's3', kind: 'lost', probability: 0 },
  { board: 'b1', id: 'gone', kind: 'won', probability: 100, deletedAt: 1 },
  { board: 'b2', id: 't1', kind: 'open', probability: 55 },
  { board: 'b2', id: 't2', kind: 'won', probability: 100 },
];
const boards = [
  { id: 'b1', currency: 'EUR' },
  { id: 'b2', currency: 'EUR' },
  { id: 'leads', currency: 'EUR', kind: 'leads' },
];

const word = fc.constantFrom('', 'none', 'Ana', `"quoted'`, '%', 'null', '__proto__', 'a,b');
const instant = fc.oneof(
  fc.constant(null),
  fc.integer({ min: -20, max: 40 }).map((days) => Date.parse('2026-01-15T00:00:00Z') + days * 11 * dayMs),
  fc.integer({ min: 0, max: 400 }).map((steps) => Date.parse('2025-12-30T00:00:00Z') + steps * 3_217_123),
  fc.constantFrom(8.64e15, -8.64e15, 0, -1, Date.parse('2026-03-31T22:30:00Z')),
);
const deal = fc.record({
  place: fc.constantFrom(
    ['b1', 's1'],
    ['b1', 's2'],
    ['b1', 's3'],
    ['b1', 'gone'],
    ['b1', '?'],
    ['b2', 't1'],
    ['b2', 't2'],
    ['leads', 'x'],
  ),
  minor: fc.oneof(fc.constant(null), fc.integer({ min: -500, max: 900_000 })),
  currency: fc.constantFrom('EUR', 'EUR', 'USD', 'JPY'),
  owner: fc.oneof(fc.constant(null), word),
  company: fc.oneof(fc.constant(null), word),
  source: fc.oneof(fc.constant(null), word),
  lostReason: fc.oneof(fc.constant(null), word),
  labels: fc.oneof(
    fc.constant(null),
    fc.uniqueArray(
      word.filter((each) => each !== ''),
      { minLength: 1, maxLength: 3 },
    ),
  ),
  createdAt: instant,
  closedAt: instant,
  deletedAt: fc.constantFrom(null, null, null, 5),
  touchedAt: fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 30 }).map((days) => now - days * dayMs),
  ),
  custom: fc.oneof(
    fc.constant(null),
    fc.record({
      'odd "key': fc.oneof(
        word,
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        fc.constant(null),
        fc.array(word, { maxLength: 3 }),
        fc.constant({ minor: 1 }),
      ),
    }),
  ),
});
const deals = fc.array(deal, { maxLength: 40 }).map((list) =>
  list.map(({ place: [board = '', stage = ''], ...rest }, index): DealFixture => ({
    id: `d${index}`,
    board,
    stage,
    ...rest,
  })),
);

const timeZone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati');
const day = fc.constantFrom('2026-01-01', '2026-02-15', '2026-04-01', '2026-12-31');
const asked = fc.record(
  {
    board: fc.constantFrom('b1', 'b2'),
    owner: fc.constantFrom('', 'Ana', 'none'),
    status: fc.constantFrom('open', 'won', 'lost', 'won,open'),
    from: day.filter((each) => each < '2026-04-01'),
    to: day.filter((each) => each >= '2026-04-01'),
    timeZone,
  },
  { requiredKeys: [] },
);

const statusOf = (each: DealFixture) =>
  stages.find((stage) => stage.board === each.board && stage.id === each.stage && stage.deletedAt == null)?.kind ??
  'open';
const isKnown = (at: number | null | undefined): at is number =>
  at != null && at >= Date.parse('1000-01-01') && at <= Date.parse('9998-12-31');
const customOf = (each: DealFixture): string[] => {
  const value = each.custom?.['odd "key'];
  const atoms = (Array.isArray(value) ? value : [value]).filter(
    (one) => (typeof one === 'string' && one !== '') || typeof one === 'number',
  );
  return [...new Set(atoms.map(String))];
};

/** The same filter in plain JavaScript, written apart from the SQL. */
function meets(each: DealFixture, query: DealQuery, zone: string): boolean {
  if (each.deletedAt != null || (query.board === undefined ? each.board === 'leads' : each.board !== query.board))
    return false;
  const stage = stages.find((one) => one.board === each.board && one.id === each.stage && one.deletedAt == null);
  const touched = each.touchedAt ?? each.createdAt ?? null;
  const checks: Record<string, (value: string) => boolean> = {
    board: () => true,
    timeZone: (name) => name === zone,
    stage: (id) => (stage?.id ?? '') === id,
    status: (list) => list.split(',').includes(statusOf(each)),
    owner: (id) => (each.owner ?? '') === id,
    company: (id) => (each.company ?? '') === id,
    source: (id) => (each.source ?? '') === id,
    lostReason: (id) => (each.lostReason ?? '') === id,
    label: (id) => (id === '' ? each.labels == null : each.labels?.includes(id) === true),
    currency: (id) => (each.minor == null ? '' : each.currency) === id,
    created: (id) => isKnown(each.createdAt) === (id === 'known'),
    closed: (id) => isKnown(each.closedAt) === (id === 'known'),
    createdFrom: (from) =>
      each.createdAt != null &&
      (each.createdAt > 8e15 || (isKnown(each.createdAt) && dayOf(each.createdAt, zone) >= from)),
    createdTo: (to) =>
      each.createdAt != null &&
      (each.createdAt < -8e15 || (isKnown(each.createdAt) && dayOf(each.createdAt, zone) <= to)),
    closedFrom: (from) =>
      each.closedAt != null && (each.closedAt > 8e15 || (isKnown(each.closedAt) && dayOf(each.closedAt, zone) >= from)),
    closedTo: (to) =>
      each.closedAt != null && (each.closedAt < -8e15 || (isKnown(each.closedAt) && dayOf(each.closedAt, zone) <= to)),
    rotting: () =>
      stage?.kind === 'open' && stage.rotDays != null && touched !== null && now - touched >= stage.rotDays * dayMs,
    'field.odd "key': (id) => (id === '' ? customOf(each).length === 0 : customOf(each).includes(id)),
  };
  return Object.entries(query).every(([key, value]) => {
    const check = checks[key];
    if (check === undefined) throw new Error(key);
    return check(value);
  });
}

const { database, tables } = makeTables();
const found = (query: DealQuery, zone: string) => {
  const where = whereOf(query, { now, timeZone: zone });
  return tables
    .all<{ id: string }>(`SELECT d.id FROM ${dealTables} WHERE ${where.sql}`, where.params)
    .map(({ id }) => id)
    .sort();
};

/** Every number of a row that counts deals, with the drill that must give exactly those. */
function countsOf(name: string, row: unknown): [Drill, number, Amount?][] {
  switch (name) {
    case 'pipeline-by-stage':
    case 'at-risk': {
      const { drill, count, ...rest } = row as StageRow;
      return [[drill, count, { count, ...rest }]];
    }
    case 'sales-cycle': {
      const { drill, n } = row as CycleRow;
      return [[drill, n]];
    }
    case 'value-by': {
      const { drill, drills, count, won, open, lost } = row as ValueRow;
      return [
        [drill, count],
        [drills.won, won.count, won],
        [drills.open, open.count, open],
        [drills.lost, lost.count, lost],
      ];
    }
    default: {
      const { drill, drills, won, lost } = row as PeriodRow | LeaderRow | WinRateRow;
      return [
        [drill, won.count + lost.count],
        [drills.won, won.count, won],
        [drills.lost, lost.count, lost],
      ];
    }
  }
}

/** A box that is not ticked, in a field of one's own: it has no value to count by. */
const tickedOrNot: DealFixture = {
  id: 'd0',
  board: 'b1',
  stage: 's1',
  minor: null,
  currency: 'EUR',
  createdAt: 1768435200000,
  custom: { 'odd "key': false },
};

const dimension = fc.constantFrom('company', 'owner', 'source', 'lostReason', 'labels', 'odd "key');

describe('reports', () => {
  it('[R1] [R2] [R3] drill to exactly the deals that they count, and sum exactly their values', () => {
    fc.assert(
      fc.property(deals, asked, dimension, (list, params, by) => {
        const data: Fixture = { boards, stages, deals: list };
        fill(database, data);
        for (const report of reports) {
          const query = v.parse(reportQuery, { ...params, ...(report.name === 'value-by' ? { dimension: by } : {}) });
          const outcome = runReport(tables, report, query, now);
          if (!outcome.ok) throw new Error(outcome.refusal.problem);
          const zone = query.timeZone;
          const counted = new Set<string>();
          for (const row of outcome.reply.rows) {
            for (const [index, [drill, count, amount]] of countsOf(report.name, row).entries()) {
              const expected = list.filter((each) => meets(each, drill.query, zone));
              expect(found(drill.query, zone), `${report.name} ${JSON.stringify(drill.query)}`).toEqual(
                expected.map(({ id }) => id).sort(),
              );
              expect(expected.length).toBe(count);
              if (index === 0) for (const { id } of expected) counted.add(id);
              if (amount === undefined) continue;
              const sum = expected
                .filter((each) => each.currency === amount.sum.currency)
                .reduce((total, each) => total + (each.minor ?? 0), 0);
              expect(amount.sum.minor).toBe(sum);
              const foreign = expected.filter((each) => each.minor != null && each.currency !== amount.sum.currency);
              expect(amount.foreign.reduce((total, each) => total + each.count, 0)).toBe(foreign.length);
            }
          }
          expect(outcome.reply.n, report.name).toBe(counted.size);
        }
      }),
      { numRuns: 120, examples: [[[tickedOrNot], {}, 'odd "key']] },
    );
  });

  it('[R5] compute the cycle as plain arithmetic does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 30 }), { maxLength: 30 }), (values) => {
        const counts = new Map<number, number>();
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
        const sorted = values.toSorted((a, b) => a - b);
        const half = sorted.length / 2;
        const median =
          sorted.length % 2 === 1 ? sorted[Math.floor(half)] : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
        const figures = meanAndMedian(counts);
        if (values.length === 0) {
          expect(figures).toBeNull();
          return;
        }
        expect(figures?.median).toBe(median);
        expect(figures?.mean).toBeCloseTo(values.reduce((a, b) => a + b, 0) / values.length, 9);
      }),
    );
  });

  it.each([
    ['[R4] midnight UTC is a day, in every zone', '2026-03-01T00:00:00Z', 'America/New_York', '2026-03-01'],
    ['[R4] a moment is on its local day', '2026-03-01T01:00:00Z', 'America/New_York', '2026-02-28'],
    ['a moment east of Greenwich', '2026-03-31T22:30:00Z', 'Europe/Berlin', '2026-04-01'],
    ['a moment in UTC', '2026-03-31T22:30:00Z', 'UTC', '2026-03-31'],
  ])('%s', (_what, at, zone, expected) => {
    expect(dayOf(Date.parse(at), zone)).toBe(expected);
  });

  it('[R4] sum a deal that is closed late in the evening into the local month', () => {
    const closed: DealFixture = {
      id: 'd',
      board: 'b1',
      stage: 's2',
      minor: 100,
      currency: 'EUR',
      closedAt: Date.parse('2026-03-31T22:30:00Z'),
    };
    fill(database, { boards, stages, deals: [closed] });
    const months = (zone: string) => {
      const report = reports.find(({ name }) => name === 'won-lost-by-month');
      const outcome = report && runReport(tables, report, v.parse(reportQuery, { timeZone: zone }), now);
      return outcome?.ok === true ? (outcome.reply.rows as PeriodRow[]).map(({ period }) => period) : null;
    };
    expect(months('UTC')).toEqual(['2026-03']);
    expect(months('Europe/Berlin')).toEqual(['2026-04']);
    expect(addDays('2026-03-31', 1)).toBe('2026-04-01');
  });
});
