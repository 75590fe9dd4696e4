import type { FieldSpecs } from '@rapport/schema/fields';
import type { Person } from '@rapport/ui/logic/person';
import { type Accessor, type JSX, createContext, useContext } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import type { Cells } from '../create-cells.web.ts';
import type { CardOps } from '../boards/ops.ts';
import type { BoardCard, BoardCardType } from './board-card.ts';
import type { DerivedFields } from './derived-fields.ts';
import type { DealActions } from './create-actions.web.ts';
import type { BoardStore } from './create-board.web.ts';
import type { People } from '../create-people.web.ts';
import type { References } from './create-references.web.ts';
import type { ViewControl } from './create-view-state.web.ts';
import type { FilterContext } from './filter.ts';
import type { DealSignals } from './query.ts';

export interface BoardSummary {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** What one may do with it. */
  readonly access?: 'view' | 'edit';
}

/** What the parts of one deal board share. */
export interface DealBoard extends ViewControl {
  readonly workspace: WorkspaceClient;
  readonly boardId: string;
  /** What the cards are: deals, leads. */
  readonly type: BoardCardType;
  readonly ops: CardOps<BoardCard>;
  /** What follows from its cards without being stored, by key. */
  readonly derived: Accessor<DerivedFields>;
  readonly docName: string;
  readonly document: OpenDocument;
  readonly store: BoardStore;
  readonly references: References;
  readonly signals: Cells<DealSignals>;
  readonly people: People;
  readonly actions: DealActions;
  /** Epoch ms, a new value every minute. */
  readonly now: Accessor<number>;
  /** The person's own day, `YYYY-MM-DD`. */
  readonly today: Accessor<string>;
  /** What filters know. Follows the clock and the signals. */
  readonly filterContext: Accessor<FilterContext>;
  /** Why this person may not change the board; undefined when they may. */
  readonly lockReason: Accessor<string | undefined>;
  /** All fields of deals in the order of the panel, custom ones last. */
  readonly specs: Accessor<FieldSpecs>;
  /** What cards of this kind show besides, at their foot. */
  readonly cardMark?: ((card: Accessor<BoardCard | undefined>, doc: Accessor<Y.Doc>) => JSX.Element) | undefined;
  personOf(memberId: string | null): Person | null;
  /** Of a member, or of a record that a deal names. */
  nameOf(id: string): string;
  readonly selected: Accessor<ReadonlySet<string>>;
  readonly select: (ids: ReadonlySet<string>) => void;
  /** The field that I edit on a card or in the panel, for colleagues to see. */
  readonly tellEditing: (dealId: string, field: string | null) => void;
  /** The deal whose title is edited on its card, by E or a double click. */
  readonly editingCard: Accessor<{ readonly id: string; readonly field: 'title' | 'value' } | null>;
  readonly editCard: (card: { readonly id: string; readonly field: 'title' | 'value' } | null) => void;
  /** Values of a field in use on this board, the most frequent first. */
  valuesInUse(field: string): readonly string[];
  /** Pipelines of the workspace as last known. */
  readonly boards: Accessor<readonly BoardSummary[]>;
  readonly openDeal: (id: string | null) => void;
}

const Context = createContext<DealBoard>();
export const DealBoardContext = Context;

/** The deal board that this part stands in. */
export function useDealBoard(): DealBoard {
  const board = useContext(Context);
  if (board === undefined) throw new Error('This part needs a deal board around it.');
  return board;
}
