import * as Y from 'yjs';

/**
 * Encodes a document's V2 state and proves that it reads back whole: same state vector, same deletions, same living
 * content. Throws when it does not. Costs about a load of the document.
 */
export function provenSnapshot(doc: Y.Doc): Uint8Array {
  const state = Y.encodeStateAsUpdateV2(doc);
  const copy = new Y.Doc({ gc: true });
  try {
    Y.applyUpdateV2(copy, state);
    if (copy.store.pendingStructs !== null || copy.store.pendingDs !== null) throw new Error('snapshot has gaps');
    if (!Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy))) throw new Error('snapshot differs in what it covers');
    if (livingContent(doc) !== livingContent(copy)) throw new Error('snapshot differs in content');
  } finally {
    copy.destroy();
  }
  return state;
}

/** A 53-bit digest of every living value, independent of how Yjs has split or merged its structs. */
export function livingContent(doc: Y.Doc): number {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  const fold = (text: string): void => {
    for (let i = 0; i < text.length; i++) {
      low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
      high = Math.imul(high + text.charCodeAt(i), 0x5bd1e995) ^ (high >>> 13);
    }
  };
  for (const client of [...doc.store.clients.keys()].sort((a, b) => a - b)) {
    fold(String(client));
    for (const struct of doc.store.clients.get(client) ?? []) {
      if (struct.deleted || !(struct instanceof Y.Item)) continue;
      const { content } = struct;
      if (content instanceof Y.ContentString) fold(content.str);
      else if (content instanceof Y.ContentType) fold(content.type.constructor.name);
      else for (const value of content.getContent()) fold(JSON.stringify(value) ?? 'undefined');
    }
  }
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}
