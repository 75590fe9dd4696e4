import type { ToldReason } from '../duplicates/duplicate-api.ts';

/** A row that is or may be somebody who is there, or who stands further up in the file. */
export interface AlikeRow {
  readonly row: number;
  readonly title: string;
  /** The record that is there; null: it is an earlier row of the file. */
  readonly record: string | null;
  readonly other: number | null;
  readonly otherTitle: string;
  /** 0 to 1: how likely it is that both are one. */
  readonly score: number;
  readonly reasons: readonly ToldReason[];
  /** It was taken for one; else it came in and is a possible duplicate. */
  readonly isTaken: boolean;
}

/** How many are told of one by one. */
export const alikeKept = 200;
