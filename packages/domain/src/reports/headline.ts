import type { Money } from '@rapport/schema/fields';
import type { StageRow } from './pipeline-by-stage.ts';
import type { Drill, Foreign } from './report.ts';

/** Several stages as one number. */
export interface Headline {
  readonly count: number;
  readonly sum: Money;
  readonly weighted: Money;
  readonly foreign: readonly Foreign[];
  /** Null when there is no stage. */
  readonly drill: Drill | null;
}

/** The open stages together: their sum, and the sum of what each weighs. */
export function openHeadline(rows: readonly StageRow[], currency: string): Headline {
  const open = rows.filter((row) => row.kind === 'open');
  const total = (of: (row: StageRow) => Money) => open.reduce((sum, row) => sum + of(row).minor, 0);
  const foreign = new Map<string, Foreign>();
  for (const { sum, count } of open.flatMap((row) => row.foreign)) {
    const known = foreign.get(sum.currency);
    foreign.set(sum.currency, {
      sum: { ...sum, minor: sum.minor + (known?.sum.minor ?? 0) },
      count: count + (known?.count ?? 0),
    });
  }
  const [first] = open;
  // All stages of the board: the first one's deals, without its stage.
  const { stage: _stage, ...query } = first?.drill.query ?? {};
  return {
    count: open.reduce((sum, row) => sum + row.count, 0),
    sum: { minor: total((row) => row.sum), currency },
    weighted: { minor: total((row) => row.weighted), currency },
    foreign: [...foreign.values()],
    drill: first === undefined ? null : { path: first.drill.path, query: { ...query, status: 'open' } },
  };
}

/** What of the page's numbers moved: each number's key with its difference. */
export function differences(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const moved = new Map<string, number>();
  for (const [key, value] of after) {
    const difference = value - (before.get(key) ?? 0);
    if (difference !== 0) moved.set(key, difference);
  }
  for (const [key, value] of before) if (!after.has(key) && value !== 0) moved.set(key, -value);
  return moved;
}
