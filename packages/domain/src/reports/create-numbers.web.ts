import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { WorkspaceClient } from '../client.ts';
import type { LeaderRow } from './leaderboard.ts';
import type { StageRow } from './pipeline-by-stage.ts';
import type { ReportReply } from './report.ts';
import type { CycleRow } from './sales-cycle.ts';
import type { ValueRow } from './value-by.ts';
import type { WinRateRow } from './win-rate.ts';
import type { PeriodRow } from './won-lost.ts';

/** What the page shows; each is missing until it was loaded once. */
export interface Numbers {
  readonly pipeline?: ReportReply<StageRow>;
  readonly atRisk?: ReportReply<StageRow>;
  readonly months?: ReportReply<PeriodRow>;
  readonly quarters?: ReportReply<PeriodRow>;
  readonly winRate?: ReportReply<WinRateRow>;
  readonly cycle?: ReportReply<CycleRow>;
  readonly leaders?: ReportReply<LeaderRow>;
  readonly values?: ReportReply<ValueRow>;
}

/** What the page is limited to. */
export interface NumbersFilter {
  readonly boardId: string;
  /** Only deals of this team’s members. */
  readonly team?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly timeZone: string;
  readonly dimension: string;
}

// All numbers are asked for at once; a board that changes all the time must not make a page of it ask all the time.
const gapMs = 500;
const tables = ['deals', 'stages', 'boards', 'deal_touches'];
// Rotting comes with time alone.
const driftMs = 5 * 60_000;

const pathsOf = (filter: NumbersFilter): Readonly<Record<keyof Numbers, string>> => {
  const path = (name: string, more: Readonly<Record<string, string | undefined>> = {}) => {
    const query = new URLSearchParams({ board: filter.boardId, timeZone: filter.timeZone });
    for (const [key, value] of Object.entries({ team: filter.team, ...more }))
      if (value !== undefined) query.set(key, value);
    return `/reports/${name}?${query}`;
  };
  const closed = { from: filter.from, to: filter.to };
  return {
    pipeline: path('pipeline-by-stage'),
    atRisk: path('at-risk'),
    months: path('won-lost-by-month'),
    quarters: path('won-lost-by-quarter'),
    winRate: path('win-rate', closed),
    cycle: path('sales-cycle', closed),
    leaders: path('leaderboard', { ...closed, limit: '50' }),
    values: path('value-by', { dimension: filter.dimension, limit: '12' }),
  };
};

/**
 * The numbers of a board, kept fresh. `onMoved` is called after numbers that were shown changed because of what people
 * did (not because another filter was chosen), with the numbers before and after.
 */
export function createNumbers(
  workspace: WorkspaceClient,
  filter: () => NumbersFilter | null,
  onMoved: (before: Numbers, after: Numbers) => void,
) {
  const [numbers, setNumbers] = createStore<{ shown: Numbers }>({ shown: {} });
  const [problem, setProblem] = createSignal<string | null>(null);
  let plain: Numbers = {};
  let turn = 0;
  let isAsking = false;
  let isStale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(isNews: boolean): Promise<void> {
    const wanted = filter();
    if (wanted === null) return;
    if (isAsking) {
      isStale = true;
      return;
    }
    isAsking = true;
    isStale = false;
    const mine = turn;
    try {
      const entries = await Promise.all(
        Object.entries(pathsOf(wanted)).map(
          async ([key, path]) => [key, await workspace.api<unknown>('GET', path)] as const,
        ),
      );
      if (mine !== turn) return;
      const before = plain;
      plain = Object.fromEntries(entries) as Numbers;
      // The store takes its own copy: reconciling changes only what differs, so only those nodes repaint.
      setNumbers('shown', reconcile(structuredClone(plain), { key: null }));
      setProblem(null);
      if (isNews && before.pipeline !== undefined) onMoved(before, plain);
    } catch (error) {
      if (mine === turn) setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      isAsking = false;
      if (mine !== turn) void ask(false);
      else if (isStale) timer = setTimeout(() => void ask(true), gapMs);
    }
  }

  createEffect(
    on(
      () => JSON.stringify(filter()),
      () => {
        turn += 1;
        clearTimeout(timer);
        void ask(false);
      },
    ),
  );
  createEffect(
    on(
      () => filter()?.boardId,
      () => {
        plain = {};
        setNumbers('shown', reconcile({}));
      },
      { defer: true },
    ),
  );
  onCleanup(workspace.onChanged(tables, () => void ask(true)));
  // Who is in a team: other numbers, though no deal moved.
  onCleanup(workspace.onChanged(['access'], () => void (filter()?.team !== undefined && ask(false))));
  const drift = setInterval(() => void ask(false), driftMs);
  onCleanup(() => {
    turn += 1;
    clearTimeout(timer);
    clearInterval(drift);
  });
  return { numbers: () => numbers.shown, problem, retry: () => void ask(false) };
}
