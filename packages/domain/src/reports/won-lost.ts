import { dateSql, dealTables, statusSql, whereOf } from './deal-query.ts';
import { dayMs, dayOf, nextPeriod, periodBounds, periodOf, type Unit } from './days.ts';
import {
  type Amount,
  type Drill,
  drillTo,
  drillToStatus,
  type Report,
  type ReportInput,
  type ReportRows,
  type Tables,
  withStatus,
} from './report.ts';
import { type Counted, countedSql, groupBy, tally } from './tally.ts';

export interface PeriodRow {
  /** '2017-03' or '2017-Q1'; null: closed, but nobody knows when. */
  readonly period: string | null;
  /** First and last day. */
  readonly from: string | null;
  readonly to: string | null;
  readonly won: Amount;
  readonly lost: Amount;
  readonly drill: Drill;
  readonly drills: { readonly won: Drill; readonly lost: Drill };
}

// Beyond ten years, months without a deal are left out: one mistyped year must not make thousands of rows.
const mostGapsFilled = 120;

type Group = Counted & { kind: string; at: number | null };

function byPeriod(tables: Tables, { filter, clock, currency }: ReportInput, unit: Unit): ReportRows<PeriodRow> {
  const query = withStatus(filter, ['won', 'lost']);
  if (query === null) return { rows: [], n: 0 };
  const where = whereOf(query, clock);
  const closed = dateSql('closed');
  // In UTC a day is enough; elsewhere the moment decides its day.
  const at = clock.timeZone === 'UTC' ? `(${closed}) - ((${closed}) % ${dayMs} + ${dayMs}) % ${dayMs}` : closed;
  const groups = tables.all<Group>(
    `SELECT ${statusSql} AS kind, ${at} AS at, ${countedSql} FROM ${dealTables} WHERE ${where.sql} GROUP BY 1, 2, 3`,
    where.params,
  );
  const byName = groupBy(groups, (group) =>
    group.at === null ? null : periodOf(dayOf(group.at, clock.timeZone), unit),
  );
  const names = [...byName.keys()].filter((name) => name !== null).sort();
  const rows = fillGaps(names).map((period): PeriodRow => {
    const bounds = periodBounds(period);
    return {
      period,
      ...bounds,
      ...sides(byName.get(period) ?? [], currency),
      ...drills(query, {
        closedFrom: later(bounds.from, filter.closedFrom),
        closedTo: earlier(bounds.to, filter.closedTo),
      }),
    };
  });
  const undated = byName.get(null);
  if (undated !== undefined)
    rows.push({
      period: null,
      from: null,
      to: null,
      ...sides(undated, currency),
      ...drills(query, { closed: 'none' }),
    });
  return { rows, n: groups.reduce((sum, group) => sum + group.count, 0) };
}

const sides = (groups: readonly Group[], currency: string) => ({
  won: tally(
    groups.filter(({ kind }) => kind === 'won'),
    currency,
  ),
  lost: tally(
    groups.filter(({ kind }) => kind === 'lost'),
    currency,
  ),
});

function drills(query: Readonly<Record<string, string>>, days: Readonly<Record<string, string>>) {
  return {
    drill: drillTo(query, days),
    drills: { won: drillToStatus(query, 'won', days), lost: drillToStatus(query, 'lost', days) },
  };
}

const later = (day: string, other: string | undefined) => (other !== undefined && other > day ? other : day);
const earlier = (day: string, other: string | undefined) => (other !== undefined && other < day ? other : day);

function fillGaps(names: readonly string[]): readonly string[] {
  const [first] = names;
  const last = names.at(-1);
  if (first === undefined || last === undefined) return names;
  const filled: string[] = [];
  for (let name = first; name < last; name = nextPeriod(name)) {
    filled.push(name);
    if (filled.length > mostGapsFilled) return names;
  }
  return [...filled, last];
}

const formula = (unit: Unit) =>
  `Deals that stand in a won or a lost stage, by the ${unit} of their closing date: how many, and the sum of their values. A closing date without a time is that day everywhere; a moment counts on its day in the time zone.`;

export const wonLostByMonth: Report<PeriodRow> = {
  name: 'won-lost-by-month',
  title: 'Won and lost by month',
  formula: formula('month'),
  on: 'closed',
  params: [],
  rows: (tables, input) => byPeriod(tables, input, 'month'),
};

export const wonLostByQuarter: Report<PeriodRow> = {
  name: 'won-lost-by-quarter',
  title: 'Won and lost by quarter',
  formula: formula('quarter'),
  on: 'closed',
  params: [],
  rows: (tables, input) => byPeriod(tables, input, 'quarter'),
};
