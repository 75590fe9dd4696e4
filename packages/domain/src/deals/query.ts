import type { Card } from '../boards/card-type.ts';
import type { Stage } from '../boards/schema.ts';

/** Sums over a lane. Deals in other currencies are counted, never added up. */
export interface LaneTotals {
  readonly count: number;
  /** In the board's currency, minor units. */
  readonly sumMinor: number;
  /** Σ value × probability / 100, rounded to minor units once at the end. */
  readonly weightedMinor: number;
  /** Deals whose value is in another currency. */
  readonly foreign: number;
}

export function laneTotals(deals: Iterable<Card>, probability: number, currency: string): LaneTotals {
  let count = 0;
  let sumMinor = 0;
  let foreign = 0;
  for (const { value } of deals) {
    count += 1;
    if (value && value.currency !== currency) foreign += 1;
    else if (value) sumMinor += value.minor;
  }
  return { count, sumMinor, weightedMinor: Math.round((sumMinor * probability) / 100), foreign };
}

export type ActivityState = 'overdue' | 'today' | 'later' | 'none';

/** State of a deal's next activity on `today` (`YYYY-MM-DD`, the person's own day). A plan without a day is for later. */
export function activityState(deal: Pick<Card, 'nextActivity'>, today: string): ActivityState {
  const due = deal.nextActivity?.due;
  if (!deal.nextActivity) return 'none';
  if (due == null || due > today) return 'later';
  return due === today ? 'today' : 'overdue';
}

/** What the log says of a deal: since when it is in its stage, and the last touch by a person. */
export interface DealSignals {
  /** Epoch ms. */
  readonly stageSince: number;
  readonly touchedAt: number;
  readonly touchedBy: string | null;
  /** What the touch was: a field key, 'created', 'moved', 'imported'. */
  readonly touchedWhat: string;
}

const dayMs = 86_400_000;

/** Whole days from `since` to `now`, never negative. */
export const daysSince = (since: number, now: number): number => Math.max(0, Math.floor((now - since) / dayMs));

/** Rotting: `soon` once the stage's days without a human touch are over, `rotten` after half as many again. */
export function rotting(
  stage: Pick<Stage, 'rotDays' | 'kind'>,
  signals: Pick<DealSignals, 'touchedAt'>,
  now: number,
): 'fresh' | 'soon' | 'rotten' {
  if (stage.rotDays === null || stage.kind !== 'open') return 'fresh';
  const days = (now - signals.touchedAt) / dayMs;
  if (days < stage.rotDays) return 'fresh';
  return days < stage.rotDays * 1.5 ? 'soon' : 'rotten';
}
