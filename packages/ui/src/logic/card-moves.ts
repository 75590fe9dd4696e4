/** A place in a lane, between two cards that stay: `afterId` is the one above (null: top), `beforeId` the one below (null: end). */
export type Place = { laneId: string; afterId: string | null; beforeId: string | null };

/** The neighbours of slot `slot` (0 to n) among the cards that do not move. */
export function neighboursAt(
  cards: readonly string[],
  moving: ReadonlySet<string>,
  slot: number,
): { afterId: string | null; beforeId: string | null } {
  let afterId: string | null = null;
  for (let i = Math.min(slot, cards.length) - 1; i >= 0; i--) {
    const card = cards[i];
    if (card !== undefined && !moving.has(card)) {
      afterId = card;
      break;
    }
  }
  const beforeId = cards.slice(slot).find((card) => !moving.has(card)) ?? null;
  return { afterId, beforeId };
}

/** The lane's order once `ids` stand in slot `slot`. */
export function movedOrder(cards: readonly string[], ids: readonly string[], slot: number): string[] {
  const moving = new Set(ids);
  const above = cards.slice(0, slot).filter((card) => !moving.has(card));
  const below = cards.slice(slot).filter((card) => !moving.has(card));
  return [...above, ...ids, ...below];
}

/** True when dropping there would leave the lane as it is. */
export function isSamePlace(cards: readonly string[], ids: readonly string[], slot: number): boolean {
  const after = movedOrder(cards, ids, slot);
  return after.length === cards.length && after.every((card, index) => card === cards[index]);
}

/** Position of slot `slot` as people count it, among the cards that will be there: “position 2 of 7”. */
export function spokenPosition(
  cards: readonly string[],
  ids: readonly string[],
  slot: number,
): { position: number; count: number } {
  const moving = new Set(ids);
  const resting = cards.filter((card) => !moving.has(card)).length;
  const above = cards.slice(0, slot).filter((card) => !moving.has(card)).length;
  return { position: above + 1, count: resting + ids.length };
}

export type Carry = { laneId: string; slot: number };

/**
 * Where an arrow takes cards that are carried by keyboard. Slots beside a carried card's own place are skipped, so that
 * every press moves something. Undefined at an edge.
 */
export function carryStep(
  key: string,
  at: Carry,
  lanes: readonly string[],
  cardsOf: (laneId: string) => readonly string[],
  ids: readonly string[],
): Carry | undefined {
  const moving = new Set(ids);
  const cards = cardsOf(at.laneId);
  const rest = cards.filter((card) => !moving.has(card));
  const restSlot = cards.slice(0, at.slot).filter((card) => !moving.has(card)).length;
  const slotOfRest = (list: readonly string[], wanted: number): number => {
    if (wanted <= 0) return 0;
    let seen = 0;
    for (let i = 0; i < list.length; i++) {
      if (!moving.has(list[i] ?? '')) seen++;
      if (seen === wanted) return i + 1;
    }
    return list.length;
  };
  const within = (wanted: number) =>
    wanted < 0 || wanted > rest.length || wanted === restSlot
      ? undefined
      : { laneId: at.laneId, slot: slotOfRest(cards, wanted) };
  if (key === 'ArrowUp') return within(restSlot - 1);
  if (key === 'ArrowDown') return within(restSlot + 1);
  if (key === 'Home') return within(0);
  if (key === 'End') return within(rest.length);
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  const laneId = lanes[lanes.indexOf(at.laneId) + step];
  if (step === 0 || laneId === undefined) return undefined;
  const other = cardsOf(laneId);
  const count = other.filter((card) => !moving.has(card)).length;
  return { laneId, slot: slotOfRest(other, Math.min(restSlot, count)) };
}

/** The card an arrow moves the focus to: along the lane, or over to the next lane that has cards at about the same height. */
export function focusStep(
  key: string,
  cardId: string,
  lanes: readonly string[],
  cardsOf: (laneId: string) => readonly string[],
): string | undefined {
  const laneIndex = lanes.findIndex((lane) => cardsOf(lane).includes(cardId));
  const cards = cardsOf(lanes[laneIndex] ?? '');
  const index = cards.indexOf(cardId);
  if (laneIndex < 0 || index < 0) return undefined;
  if (key === 'ArrowDown') return cards[index + 1];
  if (key === 'ArrowUp') return cards[index - 1];
  if (key === 'Home') return index === 0 ? undefined : cards[0];
  if (key === 'End') return index === cards.length - 1 ? undefined : cards.at(-1);
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  if (step === 0) return undefined;
  for (let at = laneIndex + step; at >= 0 && at < lanes.length; at += step) {
    const other = cardsOf(lanes[at] ?? '');
    if (other.length > 0) return other[Math.min(index, other.length - 1)];
  }
  return undefined;
}

/** The cards between two of one lane, both included; only `to` when they are in different lanes. */
export function cardRange(
  from: string | undefined,
  to: string,
  lanes: readonly string[],
  cardsOf: (laneId: string) => readonly string[],
): readonly string[] {
  const cards = lanes.map(cardsOf).find((list) => list.includes(to)) ?? [];
  const a = from === undefined ? -1 : cards.indexOf(from);
  const b = cards.indexOf(to);
  return a < 0 || b < 0 ? [to] : cards.slice(Math.min(a, b), Math.max(a, b) + 1);
}
