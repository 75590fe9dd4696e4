/** A record as it is compared with others of its noun: what it says, as people wrote it. Absent is the same as empty. */
export interface Comparable {
  readonly id: string;
  /** A person's names in any order (first, last), or a company's one name. */
  readonly names: readonly string[];
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  /** Names or ids of the companies that a person belongs to. */
  readonly companies?: readonly string[];
  /** Web addresses or domains. */
  readonly sites?: readonly string[];
  readonly addresses?: readonly string[];
  /** `YYYY-MM-DD`, or as it was written: a birthday. */
  readonly dates?: readonly string[];
  /** Numbers and codes by which others know the record: customer number, tax number, id in another system. */
  readonly codes?: readonly string[];
}

/** What two records were found to share, or not to. */
export interface Reason {
  readonly what: 'name' | 'email' | 'phone' | 'company' | 'site' | 'address' | 'date' | 'code';
  readonly how: 'same' | 'alike' | 'swapped' | 'nickname' | 'different';
  /** Evidence for (positive) or against, as log2 of how much likelier it makes one record than two. */
  readonly weight: number;
}

export interface Pair {
  readonly a: string;
  readonly b: string;
  /** 0 to 1: how likely it is that both are one. */
  readonly score: number;
  /** Strongest first. */
  readonly reasons: readonly Reason[];
}
