import { dealTables, statusSql, whereOf } from './deal-query.ts';
import { type Amount, type Drill, drillTo, drillToStatus, type Report, withStatus } from './report.ts';
import { type Counted, countedSql, tally } from './tally.ts';

export interface WinRateRow {
  readonly won: Amount;
  readonly lost: Amount;
  /** won + lost. */
  readonly n: number;
  /** 0–1; null when n is 0. */
  readonly rate: number | null;
  readonly drill: Drill;
  readonly drills: { readonly won: Drill; readonly lost: Drill };
}

/** Share of the won among the decided; null when nothing is decided. */
export const winRateOf = (won: number, lost: number): number | null => (won + lost === 0 ? null : won / (won + lost));

export const winRate: Report<WinRateRow> = {
  name: 'win-rate',
  title: 'Win rate',
  formula: 'Won ÷ (won + lost), by number of deals. Open deals do not count.',
  on: 'closed',
  params: [],
  rows(tables, { filter, clock, currency }) {
    const query = withStatus(filter, ['won', 'lost']);
    if (query === null) return { rows: [], n: 0 };
    const where = whereOf(query, clock);
    const groups = tables.all<Counted & { kind: string }>(
      `SELECT ${statusSql} AS kind, ${countedSql} FROM ${dealTables} WHERE ${where.sql} GROUP BY 1, 2`,
      where.params,
    );
    const of = (kind: string) =>
      tally(
        groups.filter((group) => group.kind === kind),
        currency,
      );
    const won = of('won');
    const lost = of('lost');
    const row: WinRateRow = {
      won,
      lost,
      n: won.count + lost.count,
      rate: winRateOf(won.count, lost.count),
      drill: drillTo(query),
      drills: { won: drillToStatus(query, 'won'), lost: drillToStatus(query, 'lost') },
    };
    return { rows: [row], n: row.n };
  },
};
