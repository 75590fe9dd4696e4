/** The value below which the share `p` (0–1) of them lies; NaN of none. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : [sorted[middle - 1], sorted[middle]];
  return (low + high) / 2;
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when `done` is true, asked every few ms; rejects when one of `clients` was closed, or after the deadline. */
export async function until(
  done: () => boolean,
  what: string,
  clients: readonly { readonly lost: Error | null }[],
  deadlineMs = 60_000,
): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!done()) {
    for (const { lost } of clients) if (lost !== null) throw lost;
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await pause(2);
  }
}
