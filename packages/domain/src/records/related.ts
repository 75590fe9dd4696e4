/** A record at the other end of a link. */
export interface RelatedRecord {
  readonly noun: string;
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly primary: boolean;
}

export interface RelatedDeal {
  readonly id: string;
  readonly board: string;
  readonly title: string | null;
  readonly status: 'open' | 'won' | 'lost';
  readonly value: { readonly minor: number; readonly currency: string } | null;
  readonly expectedClose: string | null;
  readonly closedAt: number | null;
}

export interface RelatedNote {
  readonly id: string;
  readonly title: string;
}

export interface RelatedPart {
  readonly id: string;
  readonly name: string;
}

export interface Related {
  readonly links: readonly RelatedRecord[];
  readonly deals: readonly RelatedDeal[];
  readonly dealsTotal: number;
  readonly notes: readonly RelatedNote[];
  readonly notesTotal: number;
  /** Of a company: those that are a part of it. */
  readonly parts: readonly RelatedPart[];
  readonly shared: 'everyone' | 'some' | 'private';
}
