import type { Json } from '@rapport/doc/json';

/** One entry of a deal's activity, as `GET /activity` gives it. */
export interface DealEvent {
  readonly id: number;
  readonly at: number;
  readonly actor: string;
  readonly agent: string | null;
  readonly offline: boolean;
  readonly kind: string;
  readonly field: string | null;
  readonly from: Json;
  readonly to: Json;
}

/** Whole time spent in each stage, in ms by the stage's name at that time; events newest first. */
export function timeInStages(events: readonly DealEvent[], now: number): ReadonlyMap<string, number> {
  const spent = new Map<string, number>();
  const entries = events.filter(({ field, to }) => field === 'stage' && typeof to === 'string').toReversed();
  for (const [index, { at, to }] of entries.entries()) {
    const until = entries[index + 1]?.at ?? now;
    const name = String(to);
    spent.set(name, (spent.get(name) ?? 0) + Math.max(0, until - at));
  }
  return spent;
}
