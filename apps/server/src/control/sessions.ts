import type { Accounts } from './accounts.ts';
import { hashToken } from './secret.ts';

export interface SignedIn {
  /** Hash of the session's token: what live connections of this session are found by. */
  readonly sessionId: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  /** Set-Cookie lines of a session that was just extended. */
  readonly renewal: readonly string[];
}

const cacheMs = 10_000;
const cacheSize = 5_000;

export type Sessions = ReturnType<typeof makeSessions>;

/** Who is signed in, looked up at most once in ten seconds a session (a lookup costs milliseconds). `onSeen` is told of lookups. */
export function makeSessions(accounts: Accounts, now: () => number, onSeen: (token: string) => void) {
  const cache = new Map<string, { at: number; found: SignedIn | null }>();
  const replaced = new Set<string>();
  let drops = 0;

  return {
    /** Null without a valid session cookie. */
    async find(cookie: string | null | undefined): Promise<SignedIn | null> {
      const token = sessionToken(cookie ?? '');
      if (token === null) return null;
      // The whole cookie value is the key: a right token with a wrong signature is somebody else's guess.
      const key = hashToken(token);
      const hit = cache.get(key);
      if (hit !== undefined && now() - hit.at < cacheMs)
        return hit.found === null ? null : { ...hit.found, renewal: [] };
      const dropsBefore = drops;
      const { headers, response } = await accounts.api.getSession({
        headers: new Headers({ cookie: cookie ?? '' }),
        returnHeaders: true,
      });
      const found: SignedIn | null =
        response === null
          ? null
          : {
              sessionId: hashToken(response.session.token),
              user: { id: response.user.id, name: response.user.name, email: response.user.email },
              renewal: headers.getSetCookie(),
            };
      if (response !== null) onSeen(response.session.token);
      if (cache.size >= cacheSize) cache.clear();
      // A sign-out during the lookup must not be undone by remembering what was read before it.
      if (drops === dropsBefore) cache.set(key, { at: now(), found });
      return found;
    },

    /** Runs `work`, in which better-auth gives the person another session in place of this one. */
    async replacing<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
      replaced.add(sessionId);
      try {
        return await work();
      } finally {
        replaced.delete(sessionId);
      }
    },
    /** Its end just now is no sign-out. */
    isReplaced: (sessionId: string): boolean => replaced.has(sessionId),

    /** Forgets a session at once; its next lookup asks the database. */
    drop(sessionId: string): void {
      drops++;
      for (const [key, { found }] of cache) if (found?.sessionId === sessionId) cache.delete(key);
    },
  };
}

function sessionToken(cookie: string): string | null {
  return /(?:^|;\s*)(?:__Secure-)?rapport\.session_token=([^;]+)/.exec(cookie)?.[1] ?? null;
}
