const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface IdSource {
  /** Epoch ms. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * Makes ULIDs (26 characters, sortable by time). Within one millisecond the random part counts up, so that ids of one
 * maker sort in the order they were made. Format: github.com/ulid/spec.
 */
export function makeIds({ now, random }: IdSource): () => string {
  let lastMs = -1;
  let tail: number[] = [];
  const fresh = () => Array.from({ length: 16 }, () => Math.floor(random() * 32));
  return () => {
    const ms = Math.max(now(), lastMs);
    if (ms === lastMs) {
      let at = tail.length - 1;
      while (at >= 0 && tail[at] === 31) tail[at--] = 0;
      if (at >= 0) tail[at] = (tail[at] ?? 0) + 1;
    } else {
      lastMs = ms;
      tail = fresh();
    }
    let head = '';
    let rest = ms;
    for (let i = 0; i < 10; i++) {
      head = (alphabet[rest % 32] ?? '0') + head;
      rest = Math.floor(rest / 32);
    }
    return head + tail.map((digit) => alphabet[digit]).join('');
  };
}

export const isUlid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(value);
