import type { RowWrite } from '@rapport/sync/server/ports';
import type * as Y from 'yjs';
import { inboxRoot, isEntryId, readMark } from './marks.ts';

/** What members did with entries of their inboxes. Instants epoch ms. */
export const inboxReadModel: readonly string[] = [
  `CREATE TABLE inbox_marks (member TEXT NOT NULL, entry TEXT NOT NULL, read_at INTEGER, done_at INTEGER, until INTEGER,
    PRIMARY KEY (member, entry)) WITHOUT ROWID`,
];

/** The rows of a member's own document. */
export function makeMarksProjector(docName: string, doc: Y.Doc) {
  const member = docName.slice('member/'.length);
  const marks = doc.getMap<unknown>(inboxRoot);
  return {
    project(transaction: Y.Transaction): RowWrite[] {
      const keys = [...transaction.changed].find(([type]) => Object.is(type, marks))?.[1];
      return [...(keys ?? [])]
        .filter((entry) => entry !== null && isEntryId(entry))
        .sort()
        .map((entry): RowWrite => {
          const mark = entry === null ? null : readMark(marks.get(entry));
          return {
            table: 'inbox_marks',
            key: { member, entry },
            row: mark && { read_at: mark.readAt, done_at: mark.doneAt, until: mark.until },
          };
        });
    },
  };
}
