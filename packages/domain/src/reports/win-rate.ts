import { dealTables, statusSql, whereOf } from './deal-query.ts';
import { type Drill, drillTo, drillToStatus, type Report, withStatus } from './report.ts';

export interface WinRateRow {
  readonly won: number;
  readonly lost: number;
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
  rows(tables, { filter, clock }) {
    const query = withStatus(filter, ['won', 'lost']);
    if (query === null) return { rows: [], n: 0 };
    const where = whereOf(query, clock);
    const counts = tables.all<{ kind: string; count: number }>(
      `SELECT ${statusSql} AS kind, COUNT(*) AS count FROM ${dealTables} WHERE ${where.sql} GROUP BY 1`,
      where.params,
    );
    const of = (kind: string) => counts.find((each) => each.kind === kind)?.count ?? 0;
    const won = of('won');
    const lost = of('lost');
    const row: WinRateRow = {
      won,
      lost,
      n: won + lost,
      rate: winRateOf(won, lost),
      drill: drillTo(query),
      drills: { won: drillToStatus(query, 'won'), lost: drillToStatus(query, 'lost') },
    };
    return { rows: [row], n: row.n };
  },
};
