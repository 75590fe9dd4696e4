/** How a column's texts are to be read, or a question when its rows allow more than one reading. */
export type Choice<F extends string> =
  | { readonly kind: 'known'; readonly format: F }
  | { readonly kind: 'ask'; readonly formats: readonly F[]; readonly example: string }
  | { readonly kind: 'none' };

/**
 * Chooses the format that reads a column. One format must read everything that any other one reads; where two read
 * the same rows differently, or each reads rows that the other does not, it is a question and never a guess.
 * `read` gives the value of a text in a format, or null.
 */
export function chooseFormat<F extends string>(
  values: readonly string[],
  formats: readonly F[],
  read: (text: string, format: F) => number | string | null,
): Choice<F> {
  const readings = values.map((text) => formats.map((format) => read(text, format)));
  const counts = formats.map((_, at) => readings.reduce((sum, each) => sum + (each[at] == null ? 0 : 1), 0));
  const most = Math.max(0, ...counts);
  if (most === 0) return { kind: 'none' };
  const usable = formats.map((_, at) => at).filter((at) => (counts[at] ?? 0) > 0);
  const best = usable.filter((at) => counts[at] === most);
  const [first = 0] = best;
  for (const at of usable) {
    if (at === first) continue;
    const disagrees = readings.findIndex((each) => {
      const [mine, other] = [each[first] ?? null, each[at] ?? null];
      // A rarer format asks only where it reads what the best one cannot.
      return best.includes(at) ? mine !== other : other !== null && mine === null;
    });
    if (disagrees >= 0)
      return {
        kind: 'ask',
        formats: usable.flatMap((each) => formats[each] ?? []),
        example: values[disagrees] ?? '',
      };
  }
  const format = formats[first];
  return format === undefined ? { kind: 'none' } : { kind: 'known', format };
}
