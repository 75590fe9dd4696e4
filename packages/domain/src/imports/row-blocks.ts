/** More rows than these behind one text say nothing of each other. */
const mostRows = 20;

/** FNV-1a of a text: texts of a hundred thousand rows are too many to keep, and two that fall together are only compared. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** Finds rows of a file that have a text in common. */
export function makeRowBlocks() {
  const first = new Map<number, number>();
  const more = new Map<number, number[]>();
  return {
    /** Earlier rows that share one of the texts. */
    take(row: number, texts: readonly string[]): Set<number> {
      const earlier = new Set<number>();
      for (const hash of new Set(texts.map(hashOf))) {
        const before = first.get(hash);
        if (before === undefined) {
          first.set(hash, row);
          continue;
        }
        const others = more.get(hash) ?? [];
        for (const other of [before, ...others]) earlier.add(other);
        if (others.length < mostRows) others.push(row);
        more.set(hash, others);
      }
      earlier.delete(row);
      return earlier;
    },
  };
}
