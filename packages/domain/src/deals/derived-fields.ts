import type { FieldSpec } from '@rapport/schema/fields';
import type { Accessor } from 'solid-js';
import type * as Y from 'yjs';
import type { WorkspaceClient } from '../client.ts';
import type { BoardCard } from './board-card.ts';

/** A number that follows from a card and is stored nowhere: cards are found and ordered by it like by a field. */
export interface DerivedField {
  readonly spec: FieldSpec;
  readonly of: (card: BoardCard) => number;
}
export type DerivedFields = Readonly<Record<string, DerivedField>>;

/** Makes what a noun derives from the cards of one board; followed, so that what it knows may change. */
export type Deriving = (board: {
  readonly workspace: WorkspaceClient;
  readonly boardId: string;
  readonly doc: Accessor<Y.Doc>;
}) => Accessor<DerivedFields>;

export const nothingDerived: DerivedFields = {};
