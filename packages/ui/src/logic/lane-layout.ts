/** Where each entry of a lane stands, in pixels from the top of the list. `starts[i]` is entry i's top. */
export type LaneLayout = { starts: readonly number[]; heights: readonly number[]; totalPx: number };

/** Stacks entries of known or estimated height with a gap between them. */
export function layoutLane(entries: readonly string[], heightOf: (entry: string) => number, gapPx: number): LaneLayout {
  const starts: number[] = [];
  const heights: number[] = [];
  let top = 0;
  for (const entry of entries) {
    const height = heightOf(entry);
    starts.push(top);
    heights.push(height);
    top += height + gapPx;
  }
  return { starts, heights, totalPx: Math.max(0, top - gapPx) };
}

/** The last entry that starts at or above `y`, by halving; -1 above the first. */
export function entryAt(layout: LaneLayout, y: number): number {
  let low = 0;
  let high = layout.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((layout.starts[middle] ?? 0) <= y) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The entries that a window shows, as [from, to), with `overscan` more at both ends. */
export function entriesIn(
  layout: LaneLayout,
  scrollTop: number,
  heightPx: number,
  overscan: number,
): [from: number, to: number] {
  const first = Math.max(0, entryAt(layout, scrollTop));
  const last = entryAt(layout, scrollTop + heightPx);
  return [Math.max(0, first - overscan), Math.min(layout.starts.length, last + 1 + overscan)];
}

/**
 * The slot (0 to n) that a pointer at `y` means: above an entry's middle is before it, below is after it. Gaps belong to
 * the nearer side, everything under the last entry is the end, an empty lane has the one slot 0.
 */
export function slotAt(layout: LaneLayout, y: number): number {
  const index = entryAt(layout, y);
  if (index < 0) return 0;
  const middle = (layout.starts[index] ?? 0) + (layout.heights[index] ?? 0) / 2;
  return y < middle ? index : index + 1;
}

/** How far to scroll so that an entry is fully in view; the current offset when it already is. */
export function scrollFor(
  layout: LaneLayout,
  index: number,
  scrollTop: number,
  heightPx: number,
  marginPx: number,
): number {
  const top = (layout.starts[index] ?? 0) - marginPx;
  const bottom = (layout.starts[index] ?? 0) + (layout.heights[index] ?? 0) + marginPx;
  if (top < scrollTop) return Math.max(0, top);
  return bottom > scrollTop + heightPx ? bottom - heightPx : scrollTop;
}
