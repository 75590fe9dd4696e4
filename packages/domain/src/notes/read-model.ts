/**
 * The read model of notes: public, for any SQL tool that opens the file read-only. Rows are derived from the log alone.
 * `key` and `block` are the ids that Yjs gave to elements (`client.clock`): they stay while the element lives. A note's
 * text is the rows of `note_blocks`, one a paragraph, so that a keystroke writes one small row.
 */
export const notesReadModel: readonly string[] = [
  `CREATE TABLE notes (id TEXT PRIMARY KEY, doc TEXT NOT NULL, title TEXT NOT NULL, folder TEXT, tags TEXT NOT NULL,
    preview TEXT NOT NULL, words INTEGER NOT NULL, created_at INTEGER NOT NULL, created_by TEXT,
    edited_at INTEGER NOT NULL, edited_by TEXT, deleted_at INTEGER) WITHOUT ROWID`,
  `CREATE INDEX notes_by_folder ON notes (folder)`,
  `CREATE INDEX notes_by_edited ON notes (edited_at)`,
  `CREATE TABLE note_blocks (note_id TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    words INTEGER NOT NULL, PRIMARY KEY (note_id, key)) WITHOUT ROWID`,
  // Records that a note was linked to by hand; those that its text mentions are in note_mentions.
  // pinned: it stands at the top of that record.
  `CREATE TABLE note_links (note_id TEXT NOT NULL, noun TEXT NOT NULL, record TEXT NOT NULL, pinned INTEGER NOT NULL,
    PRIMARY KEY (note_id, noun, record)) WITHOUT ROWID`,
  `CREATE INDEX note_links_by_record ON note_links (record)`,
  // noun: member, or a record's. comment: the comment that mentions, else the text does. by, at: who wrote it, and when.
  `CREATE TABLE note_mentions (note_id TEXT NOT NULL, id TEXT NOT NULL, noun TEXT NOT NULL, ref TEXT NOT NULL, block TEXT,
    comment TEXT, by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (note_id, id)) WITHOUT ROWID`,
  `CREATE INDEX note_mentions_by_ref ON note_mentions (ref)`,
  // Files that its pictures show, by the element that shows one.
  `CREATE TABLE note_files (note_id TEXT NOT NULL, key TEXT NOT NULL, file_id TEXT NOT NULL,
    PRIMARY KEY (note_id, key)) WITHOUT ROWID`,
  `CREATE INDEX note_files_by_file ON note_files (file_id)`,
  // Every item of a check list; with an assignee or a due date it is somebody's task.
  `CREATE TABLE note_tasks (note_id TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL,
    done INTEGER NOT NULL, assignee TEXT, due TEXT, PRIMARY KEY (note_id, id)) WITHOUT ROWID`,
  `CREATE INDEX note_tasks_by_assignee ON note_tasks (assignee, done, due)`,
  // thread: the comment that this one answers; null for the first, which has the quote and may be resolved.
  `CREATE TABLE note_comments (note_id TEXT NOT NULL, id TEXT NOT NULL, thread TEXT, quote TEXT NOT NULL, text TEXT NOT NULL,
    by TEXT, at INTEGER NOT NULL, edited_at INTEGER, resolved_at INTEGER, resolved_by TEXT, deleted_at INTEGER,
    PRIMARY KEY (note_id, id)) WITHOUT ROWID`,
  // Versions that somebody named: the note as it was at that number of the log.
  `CREATE TABLE note_versions (note_id TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL,
    by TEXT NOT NULL, PRIMARY KEY (note_id, id)) WITHOUT ROWID`,
  `CREATE TABLE note_version_names (note_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, deleted_at INTEGER,
    PRIMARY KEY (note_id, id)) WITHOUT ROWID`,
];
