import type { Database } from 'better-sqlite3';

/**
 * What became of a submission. `lead`: a lead was made · `pending`: waits for the e-mail to be confirmed · `expired`: it
 * never was · `spam`: the trap was filled in · `test`: somebody tried the form.
 */
export const submissionStates = ['lead', 'pending', 'expired', 'spam', 'test'] as const;
export type SubmissionState = (typeof submissionStates)[number];

export interface Submission {
  readonly id: string;
  readonly form: string;
  readonly at: number;
  readonly state: SubmissionState;
  /** The lead that it became. */
  readonly lead: string | null;
  readonly confirmedAt: number | null;
}

/** One that waits to be confirmed. `answers` is the JSON of what was sent, `lead` the id that its lead will have. */
export interface Pending {
  readonly id: string;
  readonly form: string;
  readonly at: number;
  readonly answers: string;
  readonly network: string;
  readonly expiresAt: number;
}

/** Counts are kept longer than rows: nobody needs to know which program filled in a trap last year. */
const keptMs: Readonly<Partial<Record<SubmissionState, number>>> = {
  spam: 90 * 86_400_000,
  test: 90 * 86_400_000,
  expired: 365 * 86_400_000,
};

export type FormBook = ReturnType<typeof openFormBook>;

/**
 * Submissions of public forms, in the workspace's own file: the server's to decide and in no document. What was sent is
 * kept only while it waits to be confirmed; a submission that became a lead holds nothing but its id.
 */
export function openFormBook(database: Database) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS form_submissions (
      id TEXT PRIMARY KEY, form TEXT NOT NULL, at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('lead', 'pending', 'expired', 'spam', 'test')),
      lead TEXT, once TEXT UNIQUE, answers TEXT, network TEXT NOT NULL, email_hash TEXT, token_hash TEXT UNIQUE,
      expires_at INTEGER, confirmed_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS form_submissions_by_form ON form_submissions (form, id);
    CREATE INDEX IF NOT EXISTS form_submissions_by_email ON form_submissions (email_hash, at) WHERE email_hash IS NOT NULL;
    CREATE INDEX IF NOT EXISTS form_submissions_by_state ON form_submissions (state, at);
  `);
  const insert = database.prepare(
    `INSERT INTO form_submissions (id, form, at, state, lead, once, answers, network, email_hash, token_hash, expires_at)
     VALUES (@id, @form, @at, @state, @lead, @once, @answers, @network, @emailHash, @tokenHash, @expiresAt)`,
  );
  const byOnce = database
    .prepare<[string], SubmissionState>('SELECT state FROM form_submissions WHERE once = ?')
    .pluck();
  const byToken = database.prepare<[string], Pending & { state: SubmissionState; lead: string | null }>(
    `SELECT id, form, at, state, lead, coalesce(answers, '') AS answers, network, coalesce(expires_at, 0) AS expiresAt
     FROM form_submissions WHERE token_hash = ?`,
  );
  const confirm = database.prepare(
    `UPDATE form_submissions SET state = 'lead', lead = ?, confirmed_at = ?, answers = NULL, email_hash = NULL WHERE id = ?`,
  );
  const list = database.prepare<{ form: string; before: string; limit: number }, Submission>(
    `SELECT id, form, at, state, CASE WHEN state = 'lead' THEN lead END AS lead, confirmed_at AS confirmedAt
     FROM form_submissions
     WHERE form = @form AND id < @before ORDER BY id DESC LIMIT @limit`,
  );
  const counts = database.prepare<[string], { state: SubmissionState; n: number }>(
    'SELECT state, count(*) AS n FROM form_submissions WHERE form = ? GROUP BY state',
  );
  const pendingOf = database
    .prepare<[string, number], number>(`SELECT count(*) FROM form_submissions WHERE email_hash = ? AND at > ?`)
    .pluck();
  const overdue = database
    .prepare<[number], string>(`SELECT id FROM form_submissions WHERE state = 'pending' AND expires_at <= ?`)
    .pluck();
  const expire = database.prepare(
    `UPDATE form_submissions SET state = 'expired', answers = NULL, email_hash = NULL, token_hash = NULL WHERE id = ?`,
  );
  const drop = database.prepare('DELETE FROM form_submissions WHERE state = ? AND at < ?');

  const add = (
    row: {
      readonly id: string;
      readonly form: string;
      readonly at: number;
      readonly state: SubmissionState;
      readonly network: string;
    } & Partial<{
      lead: string;
      /** The same for the same answers on the same page: a second press of the button. */
      once: string;
      answers: string;
      emailHash: string;
      tokenHash: string;
      expiresAt: number;
    }>,
  ): void =>
    void insert.run({
      lead: null,
      once: null,
      answers: null,
      emailHash: null,
      tokenHash: null,
      expiresAt: null,
      ...row,
    });

  return {
    add,
    /** What became of the same answers that came before; undefined: they are new. */
    stateOnce: (once: string): SubmissionState | undefined => byOnce.get(once),
    byToken: (tokenHash: string) => byToken.get(tokenHash),
    /** It became this lead; what was sent is deleted here. */
    confirmed: (id: string, lead: string, at: number): void => void confirm.run(lead, at, id),
    /** How many with this address wait or came since. */
    recentOf: (emailHash: string, since: number): number => pendingOf.get(emailHash, since) ?? 0,
    /** Newest first, `before` an id. */
    list: (form: string, before: string | null, limit: number): Submission[] =>
      list.all({ form, before: before ?? '~', limit }),
    counts(form: string): Readonly<Record<SubmissionState, number>> {
      const found = { lead: 0, pending: 0, expired: 0, spam: 0, test: 0 };
      for (const { state, n } of counts.all(form)) found[state] = n;
      return found;
    },
    /** Deletes what was sent and never confirmed, and rows that are of no more use. Answers the ids that expired. */
    purge(now: number): string[] {
      return database.transaction((): string[] => {
        const gone = overdue.all(now);
        for (const id of gone) expire.run(id);
        for (const [state, ms] of Object.entries(keptMs)) drop.run(state, now - ms);
        return gone;
      })();
    },
    /** Several writes in one commit. */
    together: <T>(work: () => T): T => database.transaction(work)(),
  };
}
