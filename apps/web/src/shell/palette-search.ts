/** What a line of the palette says, as far as it is searched. */
export interface Found {
  readonly group: string;
  readonly label: string;
  readonly detail?: string | undefined;
  readonly end?: string | undefined;
  readonly keys?: string;
}

const fold = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();

/** How well a text fits: 3 begins with the query, 2 a word of it does, 1 has all of the query's words; 0 does not. */
function fit(text: string, query: string): number {
  if (text.startsWith(query)) return 3;
  if (text.includes(` ${query}`)) return 2;
  return query.split(/\s+/u).every((word) => text.includes(word)) ? 1 : 0;
}

/** The lines that fit, best first, equal ones in their order. Case and accents do not count. */
export function findIn<T extends Found>(lines: readonly T[], query: string): T[] {
  const wanted = fold(query.trim());
  if (wanted === '') return [...lines];
  return lines
    .map((line) => ({
      line,
      score: Math.max(fit(fold(line.label), wanted), fit(fold(`${line.label} ${line.detail ?? ''}`), wanted) / 2),
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ line }) => line);
}

/** The label cut at the query's place, so that it can be shown bold. */
export function marked(label: string, query: string): readonly { text: string; isHit: boolean }[] {
  const wanted = query.trim().toLowerCase();
  const at = wanted === '' ? -1 : label.toLowerCase().indexOf(wanted);
  if (at < 0) return [{ text: label, isHit: false }];
  return [
    { text: label.slice(0, at), isHit: false },
    { text: label.slice(at, at + wanted.length), isHit: true },
    { text: label.slice(at + wanted.length), isHit: false },
  ].filter(({ text }) => text !== '');
}
