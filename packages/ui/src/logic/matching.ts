const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Items whose text holds every word of the query, accents and case aside; those that start with it come first. */
export function matching<Item>(items: readonly Item[], query: string, textOf: (item: Item) => string): readonly Item[] {
  const wanted = plain(query.trim());
  if (wanted === '') return items;
  const words = wanted.split(/\s+/u);
  const hits = items
    .map((item, index) => ({ item, index, text: plain(textOf(item)) }))
    .filter(({ text }) => words.every((word) => text.includes(word)));
  const rank = (text: string) => (text.startsWith(wanted) ? 0 : text.includes(` ${wanted}`) ? 1 : 2);
  return hits.sort((a, b) => rank(a.text) - rank(b.text) || a.index - b.index).map(({ item }) => item);
}
