import { readMeta } from '@rapport/domain/notes/read-meta';
import { bodyRoot, metaRoot } from '@rapport/domain/notes/schema';
import type { PendingChange } from '@rapport/sync/client/changes';
import * as Y from 'yjs';

const mostLetters = 60;

/**
 * What somebody did in a note without a name of its own, which typing has not: `Wrote “Live on 10 Jan” in Season plan`.
 * Null when the document is no note.
 */
export function wordsOfTyping(
  documentName: string,
  { touched, inserts, deletes }: Pick<PendingChange, 'touched' | 'inserts' | 'deletes'>,
  doc: Y.Doc,
): string | null {
  if (!documentName.startsWith('note/')) return null;
  const title = readMeta(doc).title || 'an untitled note';
  const roots = touched.map(({ path }) => path[0]);
  if (roots.includes(bodyRoot)) {
    const written = lettersIn(doc, inserts);
    if (written !== '') return `Wrote “${written}” in ${title}`;
    return deletes.length > 0 ? `Took text out of ${title}` : `Changed how ${title} looks`;
  }
  const isNamed = touched.some(({ path, keys }) => path[0] === metaRoot && keys?.includes('title') === true);
  return isNamed ? `Called a note “${title}”` : `Changed ${title}`;
}

/** The letters that were typed and still stand, in the order in which they were typed; cut at a readable length. */
function lettersIn(doc: Y.Doc, inserts: PendingChange['inserts']): string {
  let letters = '';
  for (const [client, from, to] of inserts) {
    const structs = doc.store.clients.get(client) ?? [];
    if (structs.length === 0 || Y.getState(doc.store, client) <= from) continue;
    for (let at = Y.findIndexSS(structs, from); at < structs.length; at++) {
      const item = structs[at];
      if (item === undefined || item.id.clock >= to || letters.length > mostLetters) break;
      if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) continue;
      const begin = Math.max(0, from - item.id.clock);
      letters += `${letters === '' || begin > 0 ? '' : ' '}${item.content.str.slice(begin, to - item.id.clock)}`;
    }
  }
  const plain = letters.replaceAll(/\s+/g, ' ').trim().toWellFormed();
  return plain.length > mostLetters ? `${plain.slice(0, mostLetters).toWellFormed()}…` : plain;
}
