import { teamOfDocument } from '../workspace/team-document.ts';

/**
 * What the rows of a table belong to: SQL expressions on the row that answer the id of a *thing*, whatever a share can be
 * about (a board, a contact, a folder …). Whoever may not open one of these things is shown the table without the row, in
 * every query. An expression that is NULL says nothing; a row of which all are NULL belongs to nothing known and is shown
 * to nobody from whom anything is hidden. A table that no noun names is empty for these readers, so that it is closed
 * until somebody says what its rows belong to. Data only: the read thread has it, too.
 */
export type RowOwners = Readonly<Record<string, string | readonly string[]>>;

/** A thing that is shared by the id of its row: `name` is the column with what it is called. */
export interface ShareableTable {
  readonly table: string;
  /** What one of them is called, e.g. `board`. */
  readonly noun: string;
  readonly name: string;
}

/** A row that everybody sees: for expressions where NULL would hide it. No thing has this id. */
export const everybodys = '';

/**
 * The id of the thing whose share governs a document: `board/<id>` and `board/<id>~2026q3` are the board's,
 * `contact/<id>` is the contact's. A team's document is a thing by its whole name: its members' alone. Null for documents
 * that have rules of their own: the workspace's, a member's, imports.
 */
export function thingOfDocument(doc: string): string | null {
  const slash = doc.indexOf('/');
  if (slash < 0 || doc.startsWith('member/') || doc.startsWith('import/')) return null;
  if (teamOfDocument(doc) !== null) return doc;
  return doc.slice(slash + 1).split('~')[0] ?? '';
}

/** The same as SQL, on a column that holds a document's name. */
export const thingOfDocumentSql = (column: string): string =>
  `CASE WHEN ${column} GLOB 'team/*' THEN ${column}
    WHEN instr(${column}, '/') > 0 AND ${column} NOT LIKE 'member/%' AND ${column} NOT LIKE 'import/%'
    THEN substr(${column}, instr(${column}, '/') + 1, instr(${column} || '~', '~') - instr(${column}, '/') - 1) END`;
