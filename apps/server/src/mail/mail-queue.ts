import type { Database } from 'better-sqlite3';

/** A mail that is to be sent, in plain text. */
export interface Mail {
  readonly id: string;
  /** What it is about, e.g. the id of a submission, so that it goes with that. */
  readonly about: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
}

export interface TakenMail extends Mail {
  /** Tries before this one. */
  readonly attempts: number;
}

export interface MailState {
  readonly waiting: number;
  /** Of those waiting, tried in vain at least once. */
  readonly failing: number;
  /** Given up. */
  readonly dead: number;
  /** The server's word on the newest failure; no address and no text of a mail. */
  readonly lastProblem: string | null;
}

/** Pauses before the next try. After the last one a mail is given up: two days after it was written. */
const pausesMs = [5_000, 30_000, 120_000, 600_000, 3_600_000, 3 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000, 86_400_000];
/** Longer than any try takes: a mail whose sender died is taken again after that. */
const leaseMs = 120_000;
/** What was given up is kept so long, for whoever asks why. */
const deadKeptMs = 30 * 86_400_000;

export type MailQueue = ReturnType<typeof openMailQueue>;

/**
 * Mails that wait, in the workspace's own file, so that they outlive a restart and are erased with the person they are
 * about. A mail that was sent leaves nothing here.
 */
export function openMailQueue(database: Database) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS mail_queue (
      id TEXT PRIMARY KEY, about TEXT NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')), attempts INTEGER NOT NULL, made_at INTEGER NOT NULL,
      next_at INTEGER NOT NULL, leased_until INTEGER NOT NULL, problem TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS mail_queue_by_turn ON mail_queue (state, next_at);
  `);
  const insert = database.prepare(
    `INSERT INTO mail_queue (id, about, recipient, subject, text, state, attempts, made_at, next_at, leased_until)
     VALUES (@id, @about, @recipient, @subject, @text, 'waiting', 0, @now, @now, 0)`,
  );
  const next = database.prepare<{ now: number }, TakenMail>(
    `SELECT id, about, recipient, subject, text, attempts FROM mail_queue
     WHERE state = 'waiting' AND next_at <= @now AND leased_until <= @now ORDER BY next_at, id LIMIT 1`,
  );
  const lease = database.prepare('UPDATE mail_queue SET leased_until = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM mail_queue WHERE id = ?');
  const fail = database.prepare(
    `UPDATE mail_queue SET state = @state, attempts = attempts + 1, next_at = @next, leased_until = 0, problem = @problem
     WHERE id = @id`,
  );
  const turn = database
    .prepare<[], number | null>(`SELECT min(max(next_at, leased_until)) FROM mail_queue WHERE state = 'waiting'`)
    .pluck();
  const counts = database.prepare<[], Omit<MailState, 'lastProblem'>>(
    `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
       count(*) FILTER (WHERE state = 'waiting' AND attempts > 0) AS failing,
       count(*) FILTER (WHERE state = 'dead') AS dead FROM mail_queue`,
  );
  const problem = database
    .prepare<[], string>('SELECT problem FROM mail_queue WHERE problem IS NOT NULL ORDER BY next_at DESC LIMIT 1')
    .pluck();
  const dropAbout = database.prepare('DELETE FROM mail_queue WHERE about = ?');
  const dropOld = database.prepare(`DELETE FROM mail_queue WHERE state = 'dead' AND made_at < ?`);
  return {
    add: (mail: Mail, now: number): void => void insert.run({ ...mail, now }),
    /** The next whose turn it is; nobody else gets it until its lease ends. */
    take(now: number): TakenMail | null {
      const mail = next.get({ now });
      if (mail === undefined) return null;
      lease.run(now + leaseMs, mail.id);
      return mail;
    },
    sent: (id: string): void => void remove.run(id),
    /** Not sent. Answers whether it is given up: `isFinal`, or the last try. */
    failed({ id, attempts }: TakenMail, why: string, isFinal: boolean, now: number): boolean {
      const pause = isFinal ? undefined : pausesMs[attempts];
      const state = pause === undefined ? 'dead' : 'waiting';
      fail.run({ id, state, next: now + (pause ?? 0), problem: why.slice(0, 300) });
      return state === 'dead';
    },
    isOpen: (): boolean => database.open,
    /** When the next one's turn is, epoch ms; null when none waits. */
    nextTurn: (): number | null => turn.get() ?? null,
    state: (): MailState => ({
      ...(counts.get() ?? { waiting: 0, failing: 0, dead: 0 }),
      lastProblem: problem.get() ?? null,
    }),
    /** What it was about is gone. */
    dropAbout: (about: string): void => void dropAbout.run(about),
    purge: (now: number): void => void dropOld.run(now - deadKeptMs),
  };
}
