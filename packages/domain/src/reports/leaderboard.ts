import { dealTables, statusSql, whereOf } from './deal-query.ts';
import { type Amount, type Drill, drillTo, drillToStatus, type Report, withStatus } from './report.ts';
import { type Counted, countedSql, groupBy, tally } from './tally.ts';
import { winRateOf } from './win-rate.ts';

export interface LeaderRow {
  /** A member's id; null: deals that nobody owns. */
  readonly owner: string | null;
  readonly won: Amount;
  readonly lost: Amount;
  /** 0–1; null when nothing is decided. */
  readonly winRate: number | null;
  readonly drill: Drill;
  readonly drills: { readonly won: Drill; readonly lost: Drill };
}

export const leaderboard: Report<LeaderRow> = {
  name: 'leaderboard',
  title: 'Won by person',
  formula:
    'Deals that stand in a won or a lost stage, by owner: how many, their value, and won ÷ (won + lost). Sorted by won value.',
  on: 'closed',
  params: ['limit'],
  rows(tables, { filter, clock, currency, limit }) {
    const query = withStatus(filter, ['won', 'lost']);
    if (query === null) return { rows: [], n: 0 };
    const where = whereOf(query, clock);
    const groups = tables.all<Counted & { kind: string; owner: string | null }>(
      `SELECT ${statusSql} AS kind, NULLIF(d.owner, '') AS owner, ${countedSql} FROM ${dealTables} WHERE ${where.sql} GROUP BY 1, 2, 3`,
      where.params,
    );
    const rows = [...groupBy(groups, (group) => group.owner)].map(([owner, own]): LeaderRow => {
      const won = tally(
        own.filter(({ kind }) => kind === 'won'),
        currency,
      );
      const lost = tally(
        own.filter(({ kind }) => kind === 'lost'),
        currency,
      );
      const theirs = { owner: owner ?? '' };
      return {
        owner,
        won,
        lost,
        winRate: winRateOf(won.count, lost.count),
        drill: drillTo(query, theirs),
        drills: {
          won: drillToStatus(query, 'won', theirs),
          lost: drillToStatus(query, 'lost', theirs),
        },
      };
    });
    rows.sort(
      (a, b) =>
        b.won.sum.minor - a.won.sum.minor ||
        b.won.count - a.won.count ||
        ((a.owner ?? '~') < (b.owner ?? '~') ? -1 : 1),
    );
    return {
      rows: rows.slice(0, limit),
      n: groups.reduce((sum, group) => sum + group.count, 0),
      omitted: Math.max(0, rows.length - limit),
    };
  },
};
