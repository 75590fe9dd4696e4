import type { RawRecord } from '@rapport/doc/records';
import { idOf, instantOf, textOf } from './read-text.ts';

/** What people log. */
export const entryKinds = ['call', 'meeting', 'email', 'note'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** One line of a record's timeline that somebody wrote. */
export interface TimelineEntry {
  readonly id: string;
  readonly kind: EntryKind;
  /** When it happened, epoch ms. */
  readonly at: number;
  /** Member id; null when nobody said. */
  readonly by: string | null;
  readonly text: string;
  readonly isPinned: boolean;
  readonly deletedAt: number | null;
}

/** Longest text of an entry, in UTF-16 code units. */
export const entryTextLimit = 20_000;

/** Reads an entry that anybody may have written. Total. */
export function readEntry(id: string, raw: RawRecord): TimelineEntry {
  return {
    id,
    kind: entryKinds.find((kind) => kind === raw.kind) ?? 'note',
    at: instantOf(raw.at) ?? 0,
    by: idOf(raw.by),
    text: textOf(raw.text, entryTextLimit) ?? '',
    isPinned: raw.pinned === true,
    deletedAt: instantOf(raw.deletedAt),
  };
}
