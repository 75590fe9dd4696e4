import type { RawRecord } from '@rapport/doc/records';
import type { ColumnValue } from '@rapport/schema/columns';
import type { RowWrite } from '@rapport/sync/server/ports';
import type { FieldSpec, FieldSpecs, FieldValue, Money, Planned } from '@rapport/schema/fields';
import type * as Y from 'yjs';
import type { CardWords } from './card-words.ts';
import type { BoardKind, ChipId, NewStage } from './schema.ts';

/** What a card of any board has; the further fields of its type stand beside these by their keys. */
export interface Card {
  readonly id: string;
  /** Id of a stage that may not exist (any more): such a card is shown under "Unassigned". */
  readonly stageId: string;
  readonly rank: string;
  readonly deletedAt: number | null;
  /** Document that this card moved to (archive or another board); then only a stub is left here. */
  readonly movedTo: string | null;
  readonly title: string | null;
  readonly value: Money | null;
  /** Member id. */
  readonly owner: string | null;
  readonly nextActivity: Planned | null;
  readonly labels: readonly string[] | null;
  readonly source: string | null;
  readonly lostReason: string | null;
  /** Epoch ms. */
  readonly createdAt: number | null;
  readonly closedAt: number | null;
  /** Values of custom fields by key, checked against their specs. */
  readonly custom: Readonly<Record<string, FieldValue | null>>;
}

/** What a noun says of the cards that stand on its boards; all else is the engine's. */
export interface CardDefinition<C extends Card> {
  /** Never there: it names the type of its cards to the compiler. */
  readonly card?: C;
  /** As activity, search and links name it. */
  readonly noun: string;
  /** Kind of its boards; also its path in the API and its main table. */
  readonly kind: BoardKind;
  readonly fields: FieldSpecs;
  /** Fields that a person may type in; the rest follows from moves, or the server writes it. */
  readonly editable: readonly string[];
  /** Fields that the server alone writes. */
  readonly derived?: readonly string[];
  /** Field → the field whose edit by a person empties it: why somebody owns a card is no reason for the next owner. */
  readonly emptiedBy?: Readonly<Record<string, string>>;
  readonly defaultStages: readonly NewStage[];
  /** Tables of stage entries and last touches, and what their column with the card's id is called. */
  readonly tables: { readonly entries: string; readonly touches: string; readonly id: string };
  /** Key of the field that cards show under their title. */
  readonly under: string;
  /** Whether titles are made of other fields, so that what they say is not said twice. */
  readonly isTitleMade?: boolean;
  /** Keys of the fields that the search over the board looks at, besides title and labels. */
  readonly searched: readonly string[];
  /** Whether sums of values mean anything on these boards. */
  readonly isSummed: boolean;
  /** Whether who adds a card by hand owns it. */
  readonly isMakers: boolean;
  /** Which chips stand over the board. */
  readonly chips: readonly ChipId[];
  /** Fields of the form for a new card, the first of which is needed, and what else follows from what was typed. */
  readonly quick: {
    readonly fields: readonly string[];
    readonly values?: (typed: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  };
  /** Fields that stand first and last in the panel; those that are known from elsewhere show only where they are set. */
  readonly panel: { readonly first: readonly string[]; readonly last: readonly string[] };
  /** Fields that are columns of the board's table, and that cards can show besides their own parts. */
  readonly columns: readonly string[];
  readonly alsoOnCards: readonly string[];
  /** Whether a card gets to a won stage only with `converted` on it, not by a move alone. */
  readonly isConverted?: boolean;
  readonly words: CardWords;
  /** Keys of a card that are no fields and that no custom field explains. */
  readonly isBeside?: (key: string) => boolean;
  /** What a card has beside its fields, read from what anybody may have written, and not from its fields. Total. */
  readonly readBeside?: (raw: RawRecord) => Readonly<Record<string, unknown>>;
  /** Columns of what stands beside its fields: name → SQLite type, and their values. */
  readonly columnsBeside?: Readonly<Record<string, 'TEXT' | 'INTEGER' | 'REAL'>>;
  readonly valuesBeside?: (raw: RawRecord) => Readonly<Record<string, ColumnValue>>;
  /** Further root maps of its boards, and the rows that follow from them: all of a board's, whenever one of them changes. */
  readonly roots?: readonly string[];
  readonly rowsOfBoard?: (boardId: string, doc: Y.Doc) => readonly RowWrite[];
  /** Rows of other tables that follow from a card, of its fields from references alone; `before` is null when it arrived. */
  readonly rowsBeside?: (id: string, before: RawRecord | null, after: RawRecord) => readonly RowWrite[];
  /** Rows of other tables that go when a card is gone for good. */
  readonly rowsOfGone?: (id: string) => readonly RowWrite[];
}

/** A kind of card: deals, leads. */
export interface CardType<C extends Card = Card> extends CardDefinition<C> {
  /** Keys of its fields, once: every read of a card asks. */
  readonly keys: readonly string[];
  readonly specs: readonly { readonly key: string; readonly spec: FieldSpec }[];
  /** Keys of a card that no custom field may explain. */
  readonly structural: ReadonlySet<string>;
}

export function makeCardType<C extends Card>(definition: CardDefinition<C>): CardType<C> {
  const keys = Object.keys(definition.fields);
  const specs = Object.entries(definition.fields).map(([key, spec]) => ({ key, spec }));
  return { ...definition, keys, specs, structural: new Set([...keys, 'place', 'deletedAt', 'movedTo', 'movedFrom']) };
}

/** The type of the cards on a board of this kind; kinds that no noun of this program knows are the first one's. */
export function typeOfKind(types: readonly CardType[], kind: BoardKind): CardType {
  const found = types.find((type) => type.kind === kind) ?? types[0];
  if (found === undefined) throw new Error('A board engine needs at least one type of card.');
  return found;
}
