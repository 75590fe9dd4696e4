import { byRank } from '@rapport/doc/rank';
import type { Money } from '@rapport/schema/fields';
import { dealTables, type DealQuery, whereOf } from './deal-query.ts';
import {
  type Amount,
  type Drill,
  drillTo,
  type Report,
  type ReportInput,
  type ReportRows,
  type Tables,
} from './report.ts';
import { type Counted, countedSql, groupBy, tally } from './tally.ts';

export interface StageRow extends Amount {
  readonly board: string;
  /** '' is for deals whose stage does not exist (any more). */
  readonly stage: string;
  readonly name: string;
  /** '1'–'12' or ''. */
  readonly colour: string;
  readonly kind: 'open' | 'won' | 'lost';
  /** Percent. */
  readonly probability: number;
  readonly weighted: Money;
  readonly drill: Drill;
}

interface StageRecord {
  board: string;
  currency: string;
  id: string;
  name: string;
  colour: string;
  kind: StageRow['kind'];
  probability: number;
  rank: string;
}

function byStage(tables: Tables, { filter, clock, currency }: ReportInput, more: DealQuery = {}): ReportRows<StageRow> {
  const query = { ...filter, ...more };
  const where = whereOf(query, clock);
  const counted = groupBy(
    tables.all<Counted & { board: string; stage: string | null }>(
      `SELECT d.board_id AS board, s.id AS stage, ${countedSql} FROM ${dealTables} WHERE ${where.sql} GROUP BY 1, 2, 3`,
      where.params,
    ),
    (group) => JSON.stringify([group.board, group.stage ?? '']),
  );
  const boards = tables.all<{ id: string; name: string; currency: string }>(
    `SELECT id, name, currency FROM boards WHERE ${filter.board === undefined ? `kind = 'deals'` : 'id = ?'} ORDER BY name, id`,
    filter.board === undefined ? [] : [filter.board],
  );
  const stages = groupBy(
    tables.all<Omit<StageRecord, 'currency'>>(
      `SELECT board_id AS board, id, name, colour, kind, probability, rank FROM stages WHERE deleted_at IS NULL`,
    ),
    (stage) => stage.board,
  );
  const rows: StageRow[] = [];
  for (const board of boards) {
    const own = (stages.get(board.id) ?? []).toSorted(byRank);
    const lost = { board: board.id, id: '', name: 'Unassigned', colour: '', kind: 'open' as const, probability: 0 };
    for (const stage of [...own, lost]) {
      const groups = counted.get(JSON.stringify([board.id, stage.id])) ?? [];
      if (stage === lost && groups.length === 0) continue;
      // Each board is summed in its own currency unless the caller asked for another.
      const amount = tally(groups, filter.board === undefined && boards.length > 1 ? board.currency : currency);
      rows.push({
        board: board.id,
        stage: stage.id,
        name: stage.name,
        colour: stage.colour,
        kind: stage.kind,
        probability: stage.probability,
        ...amount,
        weighted: { ...amount.sum, minor: Math.round((amount.sum.minor * stage.probability) / 100) },
        drill: drillTo(query, { board: board.id, stage: stage.id }),
      });
    }
  }
  return { rows, n: rows.reduce((sum, row) => sum + row.count, 0) };
}

export const pipelineByStage: Report<StageRow> = {
  name: 'pipeline-by-stage',
  title: 'Pipeline by stage',
  formula:
    'Deals that stand in each stage now: how many, the sum of their values, and that sum × the stage’s probability. Deals in another currency are counted and listed apart.',
  on: 'created',
  params: [],
  rows: (tables, input) => byStage(tables, input),
};

export const atRisk: Report<StageRow> = {
  name: 'at-risk',
  title: 'At risk',
  formula: 'Open deals that nobody has touched for at least the rotting days of their stage, by stage.',
  on: 'created',
  params: [],
  rows: (tables, input) => byStage(tables, input, { rotting: '1' }),
};
