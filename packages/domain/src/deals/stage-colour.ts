/** CSS colour of a stage's ring; undefined is the text's grey. Only the ring ever shows it. */
export const stageColour = (colour: string): string | undefined =>
  colour === '' ? undefined : `var(--person-${colour})`;
