import { type Accessor, createContext, createMemo, createSignal, useContext } from 'solid-js';
import type { BoardProps } from '../logic/board.ts';
import { isSamePlace } from '../logic/card-moves.ts';

/** A drag of this person, by pointer or by keys. `slot` counts in the lane's list as it stands, ghosts included. */
export type Drag = {
  ids: readonly string[];
  by: 'pointer' | 'keys';
  laneId: string | undefined;
  slot: number;
  /** The drop bar's slot under the pointer. */
  bar: string | undefined;
  /** Height of the card that was gripped: the slot opens that far. */
  heightPx: number;
};

/** What a lane offers to whoever drags over it or moves the focus into it. */
export type LaneView = {
  /** The scrolling list. */
  list: HTMLElement;
  slotAtClientY: (clientY: number) => number;
  contentY: (clientY: number) => number;
  reveal: (cardId: string) => void;
};

/** What the parts of one board share. */
export type BoardState = {
  props: BoardProps;
  laneIds: Accessor<readonly string[]>;
  laneOf: (cardId: string) => string | undefined;
  drag: Accessor<Drag | undefined>;
  setDrag: (drag: Drag | undefined) => void;
  isCarried: (cardId: string) => boolean;
  focusedId: Accessor<string | undefined>;
  setFocusedId: (id: string | undefined) => void;
  isFocused: (cardId: string) => boolean;
  isSelected: (cardId: string) => boolean;
  /** The slot to open in a lane, undefined for none: also where the drop would change nothing. */
  openSlot: (laneId: string) => number | undefined;
  currentLane: Accessor<string | undefined>;
  setCurrentLane: (laneId: string) => void;
  laneViews: Map<string, LaneView>;
};

/** Keeps the state of one board. Call it inside the board component. */
export function createBoardState(props: BoardProps): BoardState {
  const [drag, setDrag] = createSignal<Drag | undefined>(undefined, { equals: sameDrag });
  const [focusedId, setFocusedId] = createSignal<string>();
  const [chosenLane, setCurrentLane] = createSignal<string>();
  const laneIds = createMemo(() => props.lanes.map((lane) => lane.id), [], { equals: sameList });
  const laneOf = (cardId: string) => laneIds().find((lane) => props.cardsOf(lane).includes(cardId));
  const carried = createMemo(() => new Set(drag()?.ids));
  const openSlot = (laneId: string) => {
    const now = drag();
    if (now === undefined || now.laneId !== laneId || now.bar !== undefined) return undefined;
    return isSamePlace(props.cardsOf(laneId), now.ids, now.slot) ? undefined : now.slot;
  };
  return {
    props,
    laneIds,
    laneOf,
    drag,
    setDrag,
    isCarried: (cardId) => carried().has(cardId),
    focusedId,
    setFocusedId,
    isFocused: (cardId) => focusedId() === cardId,
    isSelected: (cardId) => props.selected?.has(cardId) === true,
    openSlot,
    currentLane: () => {
      const chosen = chosenLane();
      return chosen !== undefined && laneIds().includes(chosen) ? chosen : laneIds()[0];
    },
    setCurrentLane,
    laneViews: new Map(),
  };
}

const sameDrag = (a: Drag | undefined, b: Drag | undefined) =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    a.ids === b.ids &&
    a.laneId === b.laneId &&
    a.slot === b.slot &&
    a.bar === b.bar &&
    a.by === b.by);
const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id, index) => id === b[index]);

const Context = createContext<BoardState>();
export const BoardContext = Context;

/** The board that this part stands in. */
export function useBoard(): BoardState {
  const board = useContext(Context);
  if (board === undefined) throw new Error('This part needs a <Board> around it.');
  return board;
}
