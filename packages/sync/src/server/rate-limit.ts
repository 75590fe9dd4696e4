/** A token bucket: `burst` at once, then `perSecond`. Answers whether one more is allowed at `nowMs`. */
export function makeRateLimit(perSecond: number, burst: number, startMs: number): (nowMs: number) => boolean {
  let tokens = burst;
  let lastMs = startMs;
  return (nowMs) => {
    // A clock that steps back gives nothing and takes nothing.
    tokens = Math.min(burst, tokens + (Math.max(0, nowMs - lastMs) * perSecond) / 1000);
    lastMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
