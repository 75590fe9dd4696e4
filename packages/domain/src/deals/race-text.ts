/** Stage id of a place as a race keeps it; '' when it is none. */
export const readPlaceStage = (place: unknown): string =>
  Array.isArray(place) && typeof place[0] === 'string' ? place[0] : '';
