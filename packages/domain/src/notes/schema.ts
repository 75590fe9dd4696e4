/** Names and limits of a note's document `note/<id>`: `meta` (Map), `body` (XmlFragment), `comments` and `versions` (Maps). */
export const noteDocument = (id: string): string => `note/${id}`;
export const noteIdOf = (doc: string): string => doc.slice('note/'.length);
export const isNoteDocument = (doc: string): boolean => doc.startsWith('note/') && doc.length > 'note/'.length;

export const metaRoot = 'meta';
export const bodyRoot = 'body';
export const commentsRoot = 'comments';
export const versionsRoot = 'versions';

/** The version of the layout that this program writes; a document with a greater one is opened for reading only. */
export const noteSchema = 1;

/** Longest title, in UTF-16 code units. */
export const titleLimit = 300;
export const linkLimit = 200;

/** Elements deeper than this are not shown: a table in a list in a quote is at 10. */
export const deepestElement = 40;
/** Longest text of one block, in UTF-16 code units: more makes a browser's text layout stand still. */
export const longestBlock = 200_000;
/** Longest text of a whole note. */
export const longestNote = 4_000_000;

/** What a note may be linked to and what `@` mentions, beside people. */
export const recordNouns = ['deal', 'lead', 'contact', 'company', 'note', 'event', 'ticket'] as const;
export type RecordNoun = (typeof recordNouns)[number];
export type MentionNoun = RecordNoun | 'member';

export interface NoteLink {
  readonly noun: RecordNoun;
  readonly id: string;
}

/** Ids of records and people as a note may hold them: anything that cannot be markup, a path or SQL by accident. */
export const isRecordId = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w.~-]{1,100}$/.test(value);
export const isRecordNoun = (value: unknown): value is RecordNoun => recordNouns.some((noun) => noun === value);
export const isMentionNoun = (value: unknown): value is MentionNoun => value === 'member' || isRecordNoun(value);

/** What a note's `meta` says, cleaned. */
export interface NoteMeta {
  readonly schema: number;
  readonly title: string;
  readonly folder: string | null;
  readonly links: readonly NoteLink[];
  /** Of the links, those at whose record's top it stands: `noun/id`. */
  readonly pinned: readonly string[];
  readonly tags: readonly string[];
  /** Epoch ms; 0 when nobody said. */
  readonly createdAt: number;
  readonly createdBy: string | null;
  readonly deletedAt: number | null;
}
