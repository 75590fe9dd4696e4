import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportNamed } from './definitions.ts';
import { dealTables, whereOf } from './deal-query.ts';
import { fill, makeTables, type DealFixture } from './dev/tables.node.ts';
import type { LeaderRow } from './leaderboard.ts';
import type { StageRow } from './pipeline-by-stage.ts';
import type { ReportReply } from './report.ts';
import * as v from 'valibot';
import { reportQuery } from './request.ts';
import { runReport } from './run-report.ts';
import type { CycleRow } from './sales-cycle.ts';
import type { ValueRow } from './value-by.ts';
import type { WinRateRow } from './win-rate.ts';
import type { PeriodRow } from './won-lost.ts';

const file = new URL('../../../../../shared/data/maven-crm/sales_pipeline.csv', import.meta.url);
const isHere = existsSync(file);
if (!isHere)
  process.stderr.write('SKIPPED: the facts of the Maven file, because ../shared/data/maven-crm is not here.\n');

const instant = (day: string) => (day === '' ? null : Date.parse(`${day}T00:00:00Z`));

function readDeals(): DealFixture[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => {
    const [id = '', owner = '', product = '', company = '', stage = '', engaged = '', closed = '', value = ''] =
      line.split(',');
    return {
      id,
      board: 'b',
      stage,
      owner,
      company: company === '' ? null : company,
      minor: value === '' ? null : Number(value) * 100,
      createdAt: instant(engaged),
      closedAt: instant(closed),
      custom: { product },
    };
  });
}

describe.skipIf(!isHere)('the Maven file', () => {
  const { database, tables } = makeTables();
  const run = <Row>(name: string, query: Record<string, string> = {}) => {
    const report = reportNamed(name);
    if (report === undefined) throw new Error(name);
    const outcome = runReport(tables, report, v.parse(reportQuery, query), Date.parse('2017-12-31T12:00:00Z'));
    if (!outcome.ok) throw new Error(outcome.refusal.problem);
    return outcome.reply as ReportReply<Row>;
  };
  const count = (query: Readonly<Record<string, string>>) => {
    const where = whereOf(query, { now: 0, timeZone: 'UTC' });
    return tables.all<{ n: number }>(`SELECT COUNT(*) AS n FROM ${dealTables} WHERE ${where.sql}`, where.params)[0]?.n;
  };

  beforeAll(() => {
    fill(database, {
      boards: [{ id: 'b', currency: 'USD' }],
      stages: [
        { board: 'b', id: 'Prospecting', kind: 'open', probability: 10 },
        { board: 'b', id: 'Engaging', kind: 'open', probability: 50 },
        { board: 'b', id: 'Won', kind: 'won', probability: 100 },
        { board: 'b', id: 'Lost', kind: 'lost', probability: 0 },
      ],
      deals: readDeals(),
    });
  });

  it('counts the stages', () => {
    const { rows, n } = run<StageRow>('pipeline-by-stage', { board: 'b' });
    expect(n).toBe(8800);
    expect(Object.fromEntries(rows.map((row) => [row.stage, row.count]))).toEqual({
      Prospecting: 500,
      Engaging: 1589,
      Won: 4238,
      Lost: 2473,
    });
    expect(rows.find((row) => row.kind === 'won')?.sum).toEqual({ minor: 1_000_553_400, currency: 'USD' });
  });

  it('gives the win rate', () => {
    const { rows } = run<WinRateRow>('win-rate');
    expect(rows[0]).toMatchObject({
      won: { count: 4238, sum: { minor: 1_000_553_400 } },
      lost: { count: 2473 },
      n: 6711,
    });
    expect(((rows[0]?.rate ?? 0) * 100).toFixed(2)).toBe('63.15');
  });

  it('gives the quarters of 2017', () => {
    const { rows } = run<PeriodRow>('won-lost-by-quarter', { from: '2017-01-01', to: '2017-12-31' });
    expect(rows.map(({ period, won }) => [period, won.count, won.sum.minor / 100])).toEqual([
      ['2017-Q1', 531, 1_134_672],
      ['2017-Q2', 1254, 3_086_111],
      ['2017-Q3', 1257, 2_982_255],
      ['2017-Q4', 1196, 2_802_496],
    ]);
    for (const row of rows) expect(count(row.drills.won.query)).toBe(row.won.count);
  });

  it('gives the same months in every time zone, because these are days without a time', () => {
    const months = (timeZone: string) =>
      run<PeriodRow>('won-lost-by-month', { timeZone }).rows.map(({ period, won, lost }) => ({ period, won, lost }));
    for (const timeZone of ['America/Los_Angeles', 'Pacific/Auckland']) expect(months(timeZone)).toEqual(months('UTC'));
  });

  it('gives the leading agent', () => {
    const [first] = run<LeaderRow>('leaderboard').rows;
    expect([first?.won.count, first?.lost.count, (first?.won.sum.minor ?? 0) / 100]).toEqual([349, 204, 1_153_214]);
  });

  it('gives the cycle of won deals', () => {
    const [won] = run<CycleRow>('sales-cycle').rows;
    expect([won?.n, won?.meanDays?.toFixed(2), won?.medianDays]).toEqual([4238, '51.78', 57]);
  });

  it('splits value by company and by a custom field', () => {
    for (const dimension of ['company', 'product']) {
      const { rows, n } = run<ValueRow>('value-by', { dimension });
      expect(n).toBe(8800);
      expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(8800);
      expect(rows.reduce((sum, row) => sum + row.won.sum.minor, 0)).toBe(1_000_553_400);
      for (const row of rows.slice(0, 5)) expect(count(row.drill.query)).toBe(row.count);
    }
  });
});
