/** Token buckets by key: `perSecond` sustained, `burst` at once. Idle buckets are forgotten. */
export function makeRateLimit(options: { perSecond: number; burst: number; now: () => number }) {
  const { perSecond, burst, now } = options;
  const buckets = new Map<string, { tokens: number; at: number }>();
  const level = (key: string): { tokens: number; at: number } => {
    const bucket = buckets.get(key);
    const at = now();
    if (bucket === undefined) return { tokens: burst, at };
    return { tokens: Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond), at };
  };
  const forgetIdle = () => {
    for (const [key, bucket] of buckets) if (level(key).tokens >= burst && bucket.at < now()) buckets.delete(key);
  };
  return {
    /** Takes one; answers the seconds to wait when there is none. */
    take(key: string): { ok: true } | { ok: false; retryAfterSeconds: number } {
      if (buckets.size > 10_000) forgetIdle();
      const bucket = level(key);
      const isAllowed = bucket.tokens >= 1;
      if (isAllowed) bucket.tokens -= 1;
      buckets.set(key, bucket);
      return isAllowed ? { ok: true } : { ok: false, retryAfterSeconds: Math.ceil((1 - bucket.tokens) / perSecond) };
    },
    /** Whether one could be taken, without taking it. */
    hasRoom: (key: string): boolean => level(key).tokens >= 1,
  };
}
