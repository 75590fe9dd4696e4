import { betterAuth, type BetterAuthOptions } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Database } from 'better-sqlite3';

export interface AccountsDeps {
  readonly database: Database;
  readonly secret: string;
  /** PUBLIC_URL; with https the cookies are Secure. */
  readonly publicUrl: string;
  /** Told the session's token as soon as it is gone: sign-out, password change, revocation. */
  readonly onSessionEnd: (token: string) => void;
  readonly onProblem: (message: string) => void;
}

/** Characters; and it must not be a common one (account/common-password.ts). */
export const leastPasswordLength = 8;

export type Accounts = Awaited<ReturnType<typeof openAccounts>>;

/** Accounts and sessions (better-auth), in the control database. Its tables are brought up to date first. */
export async function openAccounts({ database, secret, publicUrl, onSessionEnd, onProblem }: AccountsDeps) {
  const options = {
    appName: 'Rapport',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database,
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, minPasswordLength: leastPasswordLength, maxPasswordLength: 200 },
    // The product limits sign-ins itself: by address with room for an office, and by e-mail (http/rate-limit.ts).
    rateLimit: { enabled: false },
    plugins: [twoFactor({ issuer: 'Rapport' })],
    // The address that the browser really used counts as ours as well: 127.0.0.1 and localhost are one server.
    trustedOrigins: (request?: Request) => [publicUrl, request === undefined ? null : originOfHost(request, publicUrl)],
    session: { expiresIn: 30 * 24 * 60 * 60, updateAge: 24 * 60 * 60 },
    advanced: {
      cookiePrefix: 'rapport',
      ipAddress: { disableIpTracking: true },
      // Said explicitly because better-auth leaves these checks out under a test runner.
      disableCSRFCheck: false,
      disableOriginCheck: false,
    },
    databaseHooks: {
      session: {
        delete: {
          after: async (session: { token: string }) => onSessionEnd(session.token),
        },
      },
    },
    logger: {
      level: 'error',
      // Its messages only: the arguments may hold e-mail addresses.
      log: (_level: string, message: string) => onProblem(message),
    },
  } satisfies BetterAuthOptions;
  const { runMigrations } = await getMigrations(options);
  await runMigrations();
  return betterAuth(options);
}

/** The origin by which this request reached us, with the scheme that people outside use. */
function originOfHost(request: Request, publicUrl: string): string | null {
  const host = request.headers.get('host');
  return host === null ? null : `${new URL(publicUrl).protocol}//${host}`;
}
