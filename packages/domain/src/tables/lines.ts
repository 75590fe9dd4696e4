import type { Group } from './table-reply.ts';

/** A line on the screen: the heading of a group, or a row by its place among all rows. */
export type Line =
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'row'; readonly offset: number };

/** Which line is what: groups that are closed show their heading alone. */
export interface Lines {
  readonly count: number;
  at(index: number): Line | undefined;
}

/** Of `total` rows without groups, or of groups in the order of their rows. */
export function makeLines(
  total: number,
  groups: readonly Pick<Group, 'count'>[] | null,
  isClosed: (group: number) => boolean,
): Lines {
  if (groups === null)
    return { count: total, at: (index) => (index >= 0 && index < total ? { kind: 'row', offset: index } : undefined) };
  /** The first line and the first row of each group. */
  const starts: { readonly line: number; readonly row: number }[] = [];
  let [line, row] = [0, 0];
  for (const [at, { count }] of groups.entries()) {
    starts.push({ line, row });
    line += 1 + (isClosed(at) ? 0 : count);
    row += count;
  }
  return {
    count: line,
    at(index) {
      if (index < 0 || index >= line) return undefined;
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle]?.line ?? 0) <= index) low = middle;
        else high = middle - 1;
      }
      const start = starts[low];
      if (start === undefined) return undefined;
      return index === start.line
        ? { kind: 'group', group: low }
        : { kind: 'row', offset: start.row + index - start.line - 1 };
    },
  };
}
