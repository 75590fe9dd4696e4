/** What the API answers about duplicates, as screens use it. */

export type DuplicateNoun = 'contact' | 'company';

export interface ToldReason {
  readonly what: string;
  readonly how: string;
}

export interface NamedRecord {
  readonly id: string;
  readonly title: string;
}

export interface AlikeRecord extends NamedRecord {
  readonly score: number;
  readonly reasons: readonly ToldReason[];
}

export interface SuggestedPair {
  readonly a: NamedRecord;
  readonly b: NamedRecord;
  readonly score: number;
  readonly reasons: readonly ToldReason[];
}

export interface SuggestedPairs {
  readonly items: readonly SuggestedPair[];
  readonly nextCursor: string | null;
  readonly madeAt: number | null;
  readonly isLooking: boolean;
  /** From which score on pairs are shown. */
  readonly threshold: number;
}

export interface MergeField {
  readonly key: string;
  readonly label: string;
  readonly type: string;
}

/** One of the records that may become one. */
export interface MergeSide extends NamedRecord {
  readonly values: Readonly<Record<string, unknown>>;
  readonly points: readonly { readonly kind: string; readonly text: string }[];
  readonly links: number;
  readonly entries: number;
}

export interface MergePreview {
  readonly fields: readonly MergeField[];
  readonly records: readonly MergeSide[];
}

export const nounWords = {
  contact: { one: 'contact', many: 'contacts', title: 'Contacts', plural: 'contacts' },
  company: { one: 'company', many: 'companies', title: 'Companies', plural: 'companies' },
} as const satisfies Record<DuplicateNoun, unknown>;
