import type { JSX } from 'solid-js';
import type { IconOf } from '../icon.tsx';
import type { Person } from './person.ts';

/** A column. `label` is read aloud and heads its tab on a phone. */
export type BoardLane = { id: string; label: string };

/** `ids` go between two cards of a lane: `afterId` above (null: top), `beforeId` below (null: end). */
export type BoardMove = { ids: readonly string[]; laneId: string; afterId: string | null; beforeId: string | null };

/** Where else cards can go while they are dragged: Won, Lost, Move to…, Delete. `keys` also work during a keyboard carry. */
export type DropBarSlot = {
  id: string;
  label: string;
  icon?: IconOf | undefined;
  keys?: string | undefined;
  tone?: 'won' | 'lost' | 'del' | undefined;
};

/** A drag as others may see it. `x` is a share of the lane's width, `y` pixels from the top of the lane's list. */
export type DragReport = { ids: readonly string[]; laneId: string; afterId: string | null; x: number; y: number };

export type RemoteDrag = DragReport & { person: Person };

/** What the board can be asked from outside: by shortcuts, a toast, a palette. */
export type BoardHandle = {
  focusedId: () => string | undefined;
  /** Scrolls to a card and focuses it; false when it is not on the board. */
  focusCard: (id: string) => boolean;
  /** Scrolls to a card; the focus stays where it is. */
  reveal: (id: string) => void;
  /** The selection, or else the focused card: what W, L, M act on. */
  activeIds: () => readonly string[];
  cancelDrag: () => void;
};

export type BoardProps = {
  label: string;
  lanes: readonly BoardLane[];
  cardsOf: (laneId: string) => readonly string[];
  /** The inside of a card. Called once per mounted card, so read signals inside it. */
  renderCard: (id: string) => JSX.Element;
  /** Further classes of a card: rot1, rot2, pending, quiet. */
  cardClass?: ((id: string) => string) | undefined;
  /** A card's name in announcements. */
  cardLabel: (id: string) => string;
  /** The inside of a lane's head: mark, name, count, sums. */
  renderHeader: (laneId: string) => JSX.Element;
  renderEmpty?: ((laneId: string) => JSX.Element) | undefined;
  /** Under the last card: quick add. */
  renderFooter?: ((laneId: string) => JSX.Element) | undefined;
  /** A lane's mark and count (class `count`) for its tab on a phone; the chosen tab adds the lane's name between them. */
  renderTab?: ((laneId: string) => JSX.Element) | undefined;
  onMove: (move: BoardMove) => void;
  onOpen?: ((id: string) => void) | undefined;
  /** Why a card may not be moved. */
  lockReason?: ((id: string) => string | undefined) | undefined;
  dropBar?: readonly DropBarSlot[] | undefined;
  onDropBar?: ((slotId: string, ids: readonly string[]) => void) | undefined;
  selected?: ReadonlySet<string> | undefined;
  onSelect?: ((ids: ReadonlySet<string>) => void) | undefined;
  /** The colleague who edits or drags a card. */
  holderOf?: ((id: string) => { person: Person; isTyping?: boolean | undefined } | null | undefined) | undefined;
  remoteDrags?: readonly RemoteDrag[] | undefined;
  /** Told at every new place of this person's drag, and null at its end. */
  onDragging?: ((drag: DragReport | null) => void) | undefined;
  /** A guess for cards not drawn yet; measured once they are. */
  estimateHeightPx?: ((id: string) => number) | undefined;
  ref?: ((board: BoardHandle) => void) | undefined;
};
