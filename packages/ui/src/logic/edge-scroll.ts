const edgePx = 56;
const fastestPxPerSecond = 1400;

/** How fast a list scrolls while something is dragged at its edge, in pixels per second; negative is up or left. */
export function edgeSpeed(pointer: number, from: number, to: number): number {
  const reach = Math.min(edgePx, (to - from) / 4);
  const depth =
    pointer < from + reach
      ? (pointer - (from + reach)) / reach
      : pointer > to - reach
        ? (pointer - (to - reach)) / reach
        : 0;
  const capped = Math.max(-1, Math.min(1, depth));
  // Slow at first, so that a card can be put down near the edge.
  return Math.sign(capped) * capped * capped * fastestPxPerSecond;
}
