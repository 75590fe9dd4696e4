import type { Database } from 'better-sqlite3';
import { hashToken } from '../control/secret.ts';
import { deviceOf } from './device.ts';

/** One place where a person is signed in. */
export interface SessionOfUser {
  /** Hash of its token, so that nothing that is shown can sign anybody in. */
  readonly id: string;
  readonly device: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

interface Row {
  readonly token: string;
  readonly userAgent: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly seenAt: number | null;
}

/** Longer than a session lives. */
const keptMs = 31 * 86_400_000;

export type SessionList = ReturnType<typeof makeSessionList>;

/**
 * Where people are signed in, and when each was last seen; better-auth itself notes that once a day only. It is noted in
 * memory and written by `flush`, so that a request which only reads does not wait for the disk.
 */
export function makeSessionList({ database, now }: { database: Database; now: () => number }) {
  const seenNow = new Map<string, number>();
  const ofUser = database.prepare<[string], Row>(
    `SELECT s.token, s.userAgent, s.createdAt, s.expiresAt, seen.at AS seenAt FROM session s
     LEFT JOIN session_seen seen ON seen.token = s.token WHERE s.userId = ?`,
  );
  const note = database.prepare(
    'INSERT INTO session_seen (token, at) VALUES (?, ?) ON CONFLICT (token) DO UPDATE SET at = excluded.at',
  );
  const forget = database.prepare('DELETE FROM session_seen WHERE token NOT IN (SELECT token FROM session) OR at < ?');

  return {
    /** The one seen last comes first. */
    ofUser: (userId: string): (SessionOfUser & { readonly token: string })[] =>
      ofUser
        .all(userId)
        .map(({ token, userAgent, createdAt, expiresAt, seenAt }) => ({
          id: hashToken(token),
          token,
          device: deviceOf(userAgent),
          createdAt: Date.parse(createdAt),
          lastSeenAt: seenNow.get(token) ?? seenAt ?? Date.parse(createdAt),
          expiresAt: Date.parse(expiresAt),
        }))
        .filter(({ expiresAt }) => expiresAt > now())
        .sort((a, b) => b.lastSeenAt - a.lastSeenAt),

    seen(token: string): void {
      seenNow.set(token, now());
    },

    /** Writes down what was seen, and forgets sessions that ended. Throws when the disk cannot be written. */
    flush(): void {
      if (seenNow.size === 0) return;
      const all = [...seenNow];
      database.transaction(() => {
        for (const [token, at] of all) note.run(token, at);
        forget.run(now() - keptMs);
      })();
      seenNow.clear();
    },
  };
}
