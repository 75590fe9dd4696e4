/** A record that a lead may be of, and why. */
export interface Match {
  readonly id: string;
  readonly title: string;
  /** 0 to 1; 1 where an e-mail or a web domain is the very same. */
  readonly score: number;
  readonly reasons: readonly { readonly what: string; readonly how: string }[];
}

export interface Matches {
  /** The likeliest first. */
  readonly company: readonly Match[];
  readonly contact: readonly Match[];
}
