import type { Stage } from './schema.ts';

/** What people call the cards of a board, and what closing them is called. Words stand in sentences as they are here. */
export interface CardWords {
  /** `deal` */
  readonly one: string;
  /** `deals` */
  readonly many: string;
  /** `a deal` */
  readonly article: string;
  /** What their board is called: `pipeline`. */
  readonly board: string;
  /** `Pipelines` */
  readonly boards: string;
  /** On the buttons that close a card: `Won`, `Lost`. */
  readonly win: string;
  readonly lose: string;
  /** Of cards that are closed: `won`, `lost`. */
  readonly won: string;
  readonly lost: string;
  /** What a card needs that is closed without success: `Say why it was lost`, `A lost deal needs its reason.` */
  readonly askReason: string;
  readonly needsReason: string;
  /** The question for the reason, about `“Fridges”` or `3 deals`; and the button that answers it. */
  readonly whyLost: (what: string) => string;
  readonly markLost: string;
  readonly reasons: string;
  /** On the picture of a card on an empty board, and what is said below it. */
  readonly firstTitle: string;
  readonly firstUnder: string;
  readonly firstText: string;
  /** What a stage usually means: what has happened with a card that stands there. */
  readonly hint: (stage: Pick<Stage, 'kind' | 'probability'>) => string;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** “a deal”, “3 deals”. */
export const cardsText = ({ article, many }: CardWords, count: number): string =>
  count === 1 ? article : `${count} ${many}`;

/** “1 deal”, “3 deals”. */
export const countText = ({ one, many }: CardWords, count: number): string => `${count} ${count === 1 ? one : many}`;
