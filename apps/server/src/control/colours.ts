/** Neighbours in joining order are far apart in hue, so that two people are told apart even in a team of three. */
const spread = [9, 2, 5, 8, 11, 3, 7, 1, 4, 10, 6, 12] as const;

/** The person colour (1–12) that is used least in the workspace. */
export function pickColour(used: readonly number[]): number {
  const count = (colour: number) => used.filter((each) => each === colour).length;
  return spread.reduce((best: number, colour) => (count(colour) < count(best) ? colour : best), spread[0]);
}
