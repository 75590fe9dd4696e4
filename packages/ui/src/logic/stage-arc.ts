const wholeArc = 2 * Math.PI * 2;

/** Length of the drawn part of the stage ring's inner circle (radius 2) for a probability of 0 to 100. */
export function filledArc(probability: number): number {
  const share = Math.min(100, Math.max(0, probability)) / 100;
  return Math.round(wholeArc * share * 100) / 100;
}
