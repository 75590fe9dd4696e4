import { rootRecord } from '@rapport/doc/records';
import type { Patch } from '@rapport/doc/patch';

/**
 * What a member did with entries of their inbox: in their own document, root `inbox`, entry id → one value
 * `{readAt, doneAt, until}` (epoch ms), so that all of their devices agree, also after working offline.
 */
export const inboxRoot = 'inbox';

/** Tables whose changes may bring something into an inbox, or take it out. */
export const inboxTables = ['note_comments', 'note_mentions', 'access'] as const;

export interface Mark {
  /** When it was read; null: unread. */
  readonly readAt: number | null;
  /** When it was marked done. */
  readonly doneAt: number | null;
  /** Put off until then. */
  readonly until: number | null;
}

export const noMark: Mark = { readAt: null, doneAt: null, until: null };

export const isEntryId = (id: string): boolean => /^[mc]\/[\w.~-]{1,100}\/[\w./~-]{1,200}$/.test(id);

const instant = (raw: unknown): number | null =>
  typeof raw === 'number' && Number.isSafeInteger(raw) && Math.abs(raw) <= 8.64e15 ? raw : null;

/** Reads a mark that the member's own programs may have written in any way. Total; null when there is none. */
export function readMark(raw: unknown): Mark | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { readAt, doneAt, until } = raw as Record<string, unknown>;
  return { readAt: instant(readAt), doneAt: instant(doneAt), until: instant(until) };
}

export type EntryState = 'unread' | 'read' | 'snoozed' | 'done';

/** What a mark means at a moment: a snooze that is over brings the entry back unread. */
export function stateOf(mark: Mark, now: number): EntryState {
  if (mark.doneAt !== null) return 'done';
  if (mark.until !== null) return mark.until > now ? 'snoozed' : (mark.readAt ?? 0) > mark.until ? 'read' : 'unread';
  return mark.readAt === null ? 'unread' : 'read';
}

/** Sets the marks of several entries in one step. */
export const marksPatch = (marks: ReadonlyMap<string, Mark>): Patch => [
  { root: inboxRoot, id: rootRecord, set: Object.fromEntries([...marks].map(([id, mark]) => [id, { ...mark }])) },
];
