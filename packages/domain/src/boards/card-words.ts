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
  /** On the buttons that close a card: `Won`, `Lost`. */
  readonly win: string;
  readonly lose: string;
  /** Of cards that are closed: `won`, `lost`. */
  readonly won: string;
  readonly lost: string;
  /** What a card needs that is closed without success: `Say why it was lost`, `A lost deal needs its reason.` */
  readonly askReason: string;
  readonly needsReason: string;
  /** Under the head of an empty board. */
  readonly firstTitle: string;
  readonly firstUnder: string;
}
