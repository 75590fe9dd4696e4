const shortestMs = 100;
const longestMs = 30_000;

/**
 * Milliseconds to wait before reconnect number `attempt` (0 is the first): exponential with full jitter, so that a
 * restarted server is not met by everybody in the same instant. `spreadMs` widens the first window when the server
 * asked for it (restart, overload). `random` is in [0, 1).
 */
export function retryDelayMs(attempt: number, random: number, spreadMs = 0): number {
  const window = Math.min(longestMs, Math.max(spreadMs, shortestMs * 2 ** (attempt + 1)));
  return Math.round(shortestMs + random * (window - shortestMs));
}
