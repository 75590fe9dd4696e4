export type StageKind = 'open' | 'won' | 'lost';

export interface Stage {
  readonly id: string;
  readonly name: string;
  /** '1'–'12', one of the palette; '' is grey. Shows only in the stage's ring. */
  readonly colour: string;
  readonly kind: StageKind;
  /** Percent, 0–100. */
  readonly probability: number;
  /** Days without a human touch until a card rots; null: never. */
  readonly rotDays: number | null;
  readonly rank: string;
  /** Keys of fields that a card needs before it may enter. */
  readonly required: readonly string[];
  readonly deletedAt: number | null;
}

export const boardKinds = ['deals', 'leads', 'tickets', 'tasks'] as const;
export type BoardKind = (typeof boardKinds)[number];

export interface BoardMeta {
  readonly schema: number;
  readonly name: string;
  readonly kind: BoardKind;
  /** ISO 4217; sums are in it, cards in other currencies are marked and left out. */
  readonly currency: string;
}

export const boardSchemaVersion = 1;
/** What most people ask of a board most days. */
export const chipIds = ['mine', 'unassigned', 'no-activity', 'new-today', 'rotting', 'closing'] as const;
export type ChipId = (typeof chipIds)[number];

/** Where cards stand whose stage does not exist. */
export const unassigned = '';

export interface NewStage {
  readonly name: string;
  readonly kind?: StageKind;
  readonly probability?: number;
  readonly rotDays?: number | null;
  readonly colour?: string;
  readonly required?: readonly string[];
}
