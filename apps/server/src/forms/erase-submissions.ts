import type { Database } from 'better-sqlite3';
import type { Terms } from '../operate/erase/terms.ts';

type Row = Record<string, unknown>;

const hasTable = (database: Database, name: string): boolean =>
  database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name) !== undefined;

/** Every text in a value of JSON, as it was typed: in its written form a quote would hide a match. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

const says = (terms: Terms, texts: readonly string[]): boolean => texts.some((text) => terms.find(text).length > 0);

function submissionsSaying(database: Database, terms: Terms): Row[] {
  if (!hasTable(database, 'form_submissions')) return [];
  return database
    .prepare<[], Row & { answers: string }>(
      'SELECT id, form, at, state, answers, network, expires_at FROM form_submissions WHERE answers IS NOT NULL',
    )
    .all()
    .filter(({ answers }) => says(terms, textsIn(JSON.parse(answers))));
}

function mailsSaying(database: Database, terms: Terms): Row[] {
  if (!hasTable(database, 'mail_queue')) return [];
  return database
    .prepare<[], Row>('SELECT id, about, recipient, subject, text, state, made_at FROM mail_queue')
    .all()
    .filter((row) => says(terms, textsIn([row['recipient'], row['subject'], row['text']])));
}

/** What waits to be confirmed or sent and says one of the texts, for whoever it is about. Links that confirm are left out. */
export const waitingMentions = (database: Database, terms: Terms): Record<string, Row[]> => ({
  form_submissions: submissionsSaying(database, terms),
  mail_queue: mailsSaying(database, terms).map(({ text: _text, ...row }) => row),
});

/**
 * Erases what waits to be confirmed or sent and says one of the texts: such a submission counts as never confirmed, and
 * its mail is not sent. In the caller's transaction; answers how many there were.
 */
export function eraseWaiting(database: Database, terms: Terms): number {
  const submissions = submissionsSaying(database, terms);
  const mails = mailsSaying(database, terms);
  const dropMail = hasTable(database, 'mail_queue') ? database.prepare('DELETE FROM mail_queue WHERE id = ?') : null;
  const dropAbout = hasTable(database, 'mail_queue')
    ? database.prepare('DELETE FROM mail_queue WHERE about = ?')
    : null;
  for (const { id } of submissions) {
    database
      .prepare(
        `UPDATE form_submissions SET state = 'expired', answers = NULL, email_hash = NULL, token_hash = NULL, lead = NULL,
           once = NULL WHERE id = ?`,
      )
      .run(id);
    dropAbout?.run(id);
  }
  for (const { id } of mails) dropMail?.run(id);
  return submissions.length + mails.length;
}
