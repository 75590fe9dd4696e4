import type { Database } from 'better-sqlite3';

const cookieName = /^(?:__Secure-)?rapport\.(?:two_factor|trust_device|dont_remember)$/;

/** Of a browser's cookies those that a sign-in waiting for its code goes by. */
export function challengeCookie(cookies: string | undefined): string {
  return (cookies ?? '')
    .split(/;\s*/)
    .filter((each) => cookieName.test(each.split('=')[0] ?? ''))
    .join('; ');
}

export type TwoFactorState = ReturnType<typeof makeTwoFactorState>;

/** What better-auth keeps of a person's second factor beside its own routes. */
export function makeTwoFactorState(database: Database) {
  const isOn = database.prepare<[string], number>('SELECT twoFactorEnabled FROM user WHERE id = ?').pluck();
  const forgetDevices = database.prepare(
    `DELETE FROM verification WHERE value = ? AND (identifier LIKE 'trust-device-%' OR identifier LIKE '2fa-%')`,
  );
  const whose = database.prepare<[string], string>('SELECT value FROM verification WHERE identifier = ?').pluck();
  return {
    isOn: (userId: string): boolean => isOn.get(userId) === 1,
    /** Devices that need no code for a while need one again, and a sign-in that waits for its code starts anew. */
    forgetDevices(userId: string): void {
      forgetDevices.run(userId);
    },
    /** Whose sign-in these cookies wait to complete. Their signature is better-auth's to check. */
    whoseChallenge(cookies: string | undefined): string | null {
      const identifier = /two_factor=(2fa-[\w-]+)\./.exec(cookies ?? '')?.[1];
      return identifier === undefined ? null : (whose.get(identifier) ?? null);
    },
  };
}
