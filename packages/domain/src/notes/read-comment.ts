import { rawRecord, type RawRecord } from '@rapport/doc/records';
import * as Y from 'yjs';
import { isMentionNoun, isRecordId, type MentionNoun } from './schema.ts';

export const commentLimit = 10_000;
export const quoteLimit = 300;

/** A comment as it shows. Its place is a pair of Yjs relative positions, as plain data. */
export interface Comment {
  readonly id: string;
  /** The comment that this one answers; null for the first of a thread. */
  readonly thread: string | null;
  readonly anchor: { readonly from: unknown; readonly to: unknown } | null;
  /** The text that was commented on, as it was. */
  readonly quote: string;
  /** Mentions stand in it as `@{noun/id}`. */
  readonly text: string;
  readonly by: string | null;
  /** Epoch ms. */
  readonly at: number;
  readonly editedAt: number | null;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
  readonly deletedAt: number | null;
}

const text = (raw: unknown, limit: number): string =>
  typeof raw === 'string' ? raw.slice(0, limit).toWellFormed() : '';
const instant = (raw: unknown): number | null =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 8.64e15 ? raw : null;

/** Reads a comment that anybody may have written. Total. */
export function readComment(id: string, raw: RawRecord): Comment {
  const anchor = raw.anchor;
  return {
    id,
    thread: isRecordId(raw.thread) ? raw.thread : null,
    anchor:
      typeof anchor === 'object' && anchor !== null && 'from' in anchor && 'to' in anchor
        ? { from: anchor.from, to: anchor.to }
        : null,
    quote: text(raw.quote, quoteLimit),
    text: text(raw.text, commentLimit),
    by: isRecordId(raw.by) ? raw.by : null,
    at: instant(raw.at) ?? 0,
    editedAt: instant(raw.editedAt),
    resolvedAt: instant(raw.resolvedAt),
    resolvedBy: isRecordId(raw.resolvedBy) ? raw.resolvedBy : null,
    deletedAt: instant(raw.deletedAt),
  };
}

/** All comments of a document, by when they were made. */
export function readComments(root: Y.Map<unknown>): Comment[] {
  const comments: Comment[] = [];
  for (const [id, map] of root.entries())
    if (map instanceof Y.Map && isRecordId(id)) comments.push(readComment(id, rawRecord(map)));
  return comments.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Who and what a comment mentions, each once. */
export function mentionsIn(comment: string): { noun: MentionNoun; ref: string }[] {
  const found = new Map<string, { noun: MentionNoun; ref: string }>();
  for (const [, noun, ref] of comment.matchAll(/@\{([a-z]+)\/([\w.~-]{1,100})\}/g))
    if (isMentionNoun(noun) && isRecordId(ref) && found.size < 100) found.set(`${noun}/${ref}`, { noun, ref });
  return [...found.values()];
}
