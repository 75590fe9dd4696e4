import { daysBetween } from './days.ts';
import { dateSql, dealTables, statusSql, whereOf } from './deal-query.ts';
import { type Drill, drillTo, type Report, withStatus } from './report.ts';
import { groupBy } from './tally.ts';

export interface CycleRow {
  readonly outcome: 'won' | 'lost';
  readonly n: number;
  /** Null when n is 0. */
  readonly meanDays: number | null;
  readonly medianDays: number | null;
  readonly drill: Drill;
}

interface Cycle {
  kind: 'won' | 'lost';
  created: number;
  closed: number;
  count: number;
}

/** Mean and median of values that occur several times. The median of an even number is the middle of the middle two. */
export function meanAndMedian(values: ReadonlyMap<number, number>): { mean: number; median: number; n: number } | null {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const n = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (n === 0) return null;
  const at = (index: number): number => {
    let passed = 0;
    for (const [value, count] of sorted) {
      passed += count;
      if (passed > index) return value;
    }
    return Number.NaN;
  };
  const total = sorted.reduce((sum, [value, count]) => sum + value * count, 0);
  return { n, mean: total / n, median: (at(Math.floor((n - 1) / 2)) + at(Math.floor(n / 2))) / 2 };
}

export const salesCycle: Report<CycleRow> = {
  name: 'sales-cycle',
  title: 'Sales cycle',
  formula:
    'Closing date − creation date in calendar days, mean and median, for deals that stand in a won or a lost stage and have both dates.',
  on: 'closed',
  params: [],
  rows(tables, { filter, clock }) {
    const rows: CycleRow[] = [];
    const query = withStatus({ ...filter, created: 'known', closed: 'known' }, ['won', 'lost']);
    if (query === null) return { rows, n: 0 };
    const where = whereOf(query, clock);
    const cycles = groupBy(
      tables.all<Cycle>(
        `SELECT ${statusSql} AS kind, ${dateSql('created')} AS created, ${dateSql('closed')} AS closed, COUNT(*) AS count
          FROM ${dealTables} WHERE ${where.sql} GROUP BY 1, 2, 3`,
        where.params,
      ),
      (cycle) => cycle.kind,
    );
    for (const outcome of ['won', 'lost'] as const) {
      if (query.status?.split(',').includes(outcome) !== true) continue;
      const days = new Map<number, number>();
      for (const cycle of cycles.get(outcome) ?? []) {
        const length = daysBetween(cycle.created, cycle.closed, clock.timeZone);
        days.set(length, (days.get(length) ?? 0) + cycle.count);
      }
      const figures = meanAndMedian(days);
      rows.push({
        outcome,
        n: figures?.n ?? 0,
        meanDays: figures?.mean ?? null,
        medianDays: figures?.median ?? null,
        drill: drillTo(query, { status: outcome }),
      });
    }
    return { rows, n: rows.reduce((sum, row) => sum + row.n, 0) };
  },
};
