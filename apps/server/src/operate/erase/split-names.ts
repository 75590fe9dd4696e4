import * as Y from 'yjs';
import { plain, type Terms } from './terms.ts';

/**
 * Whole values that together are a term, such as a first and a last name in fields of their own: which of these values
 * stand in one record. `values` are all that it ever had.
 */
export function splitNamesAmong(values: Iterable<unknown>, { splits }: Terms): ReadonlySet<string> {
  const found = new Set<string>();
  if (splits.length === 0) return found;
  const known = new Set<string>();
  for (const value of values) if (typeof value === 'string') known.add(plain(value));
  for (const [before, after] of splits) {
    if (!known.has(before) || !known.has(after)) continue;
    found.add(before);
    found.add(after);
  }
  return found;
}

/** Whether a document is one record, so that its values are of one person: not a board's, not an import's. */
export const isOneRecord = (name: string): boolean => /^[a-z]+\//.test(name) && !/^(board|import|member)\//.test(name);

/** Every value that a document ever had, from its updates. */
export function* valuesIn(updates: Iterable<Uint8Array>): Generator<unknown> {
  for (const update of updates)
    for (const struct of Y.decodeUpdate(update).structs)
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentAny) yield* struct.content.arr as unknown[];
}
