/** A code of an authenticator app counts for its half minute and the ones before and after. */
const codeLifeMs = 90_000;

export type SpentCodes = ReturnType<typeof makeSpentCodes>;

/** Makes one-time codes count once: whoever looks over a shoulder cannot use a code again while it is still valid. */
export function makeSpentCodes(now: () => number) {
  const spentAt = new Map<string, number>();
  return {
    /** False when the person used this code before. */
    spend(userId: string, code: string): boolean {
      for (const [key, at] of spentAt) if (now() - at > codeLifeMs) spentAt.delete(key);
      const key = `${userId} ${code}`;
      if (spentAt.has(key)) return false;
      spentAt.set(key, now());
      return true;
    },
  };
}
