import type { WorkspaceContext } from '../http/workspace-context.node.ts';
import type { InboxEntry, InboxReason } from './inbox-entry.ts';
import { noMark, stateOf, type Mark } from './marks.ts';

/** Older things are found on their notes. */
const keptDays = 90;
const mostEntries = 500;

interface Row {
  readonly id: string;
  readonly reason: InboxReason;
  readonly note: string;
  readonly title: string;
  readonly comment: string | null;
  readonly quote: string;
  readonly text: string;
  readonly by: string;
  readonly at: number;
}

// A comment that mentions is one entry, as a mention; one's own words are none.
const entries = `
  WITH joined AS (
    SELECT DISTINCT note_id, coalesce(thread, id) AS thread FROM note_comments WHERE by = :me AND deleted_at IS NULL
  ), said AS (
    SELECT c.note_id, c.id, c.text, c.quote, c.by, c.at, n.title, CASE
        WHEN EXISTS (SELECT 1 FROM note_mentions m WHERE m.note_id = c.note_id AND m.comment = c.id
          AND m.noun = 'member' AND m.ref = :me) THEN 'mention'
        WHEN EXISTS (SELECT 1 FROM joined j WHERE j.note_id = c.note_id AND j.thread = coalesce(c.thread, c.id)) THEN 'reply'
        WHEN n.created_by = :me THEN 'comment' END AS reason
    FROM note_comments c JOIN notes n ON n.id = c.note_id
    WHERE c.at > :since AND c.by IS NOT NULL AND c.by <> :me AND c.deleted_at IS NULL AND n.deleted_at IS NULL
  )
  SELECT 'c/' || note_id || '/' || id AS id, reason, note_id AS note, title, id AS comment, quote, text, by, at
  FROM said WHERE reason IS NOT NULL
  UNION ALL
  SELECT 'm/' || m.note_id || '/' || m.id, 'mention', m.note_id, n.title, NULL, '', coalesce(b.text, ''), m.by, m.at
  FROM note_mentions m JOIN notes n ON n.id = m.note_id
  LEFT JOIN note_blocks b ON b.note_id = m.note_id AND b.key = m.block
  WHERE m.noun = 'member' AND m.ref = :me AND m.comment IS NULL AND m.by <> :me AND m.at > :since AND n.deleted_at IS NULL
  ORDER BY at DESC, id LIMIT ${mostEntries}`;

interface MarkRow {
  readonly entry: string;
  readonly read_at: number | null;
  readonly done_at: number | null;
  readonly until: number | null;
}

/** What colleagues said to the caller, the newest first: only on notes that they may open now. */
export function listInbox(ws: WorkspaceContext, now: number): InboxEntry[] {
  const me = ws.actor.memberId;
  const rows = ws.query.all<Row>(entries, { me, since: now - keptDays * 86_400_000 });
  // Their own marks: whose rows nobody else is shown.
  const marks = new Map(
    ws.everyRow
      .all<MarkRow>('SELECT entry, read_at, done_at, until FROM inbox_marks WHERE member = ?', [me])
      .map((row): [string, Mark] => [row.entry, { readAt: row.read_at, doneAt: row.done_at, until: row.until }]),
  );
  return rows.map((row) => {
    const mark = marks.get(row.id) ?? noMark;
    const state = stateOf(mark, now);
    return { ...row, state, until: state === 'snoozed' ? mark.until : null };
  });
}
