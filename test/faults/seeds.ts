/** FAULT_SEED repeats one run. Otherwise every run draws new seeds; they stand in the tests' names. */
export function seedsFor(count: number): number[] {
  const fixed = process.env['FAULT_SEED'];
  if (fixed !== undefined) return [Number(fixed)];
  const first = Math.floor(Math.random() * 1e9);
  return Array.from({ length: count }, (_, i) => first + i);
}

/** mulberry32: the same numbers for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number below `below`. */
export function pick(random: () => number, below: number): number {
  return Math.floor(random() * below);
}
