import * as Y from 'yjs';
import type { Terms } from './terms.ts';

/** By clientID, the clocks of characters. */
export type TypedPlaces = ReadonlyMap<number, ReadonlySet<number>>;

/**
 * Characters that ever stood side by side as a term in text that people typed: each came in an update of its own, so
 * that no update has the word. Replays the updates and looks around each character that came or went.
 */
export function findTyped(updates: Iterable<Uint8Array>, terms: Terms): TypedPlaces {
  const found = new Map<number, Set<number>>();
  const typed = [...updates];
  // Most documents have values and no typed text, and a replay costs much more than a look.
  if (terms.texts.length === 0 || !typed.some(hasTyped)) return found;
  // What was deleted stays readable, so that a word is found also where parts of it are gone at the end.
  const doc = new Y.Doc({ gc: false });
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    for (const item of touchedText(transaction)) mark(around(item, terms.longest), terms, found);
  });
  for (const update of typed) Y.applyUpdate(doc, update);
  doc.destroy();
  return found;
}

const hasTyped = (update: Uint8Array): boolean =>
  Y.decodeUpdate(update).structs.some(
    (struct) => struct instanceof Y.Item && struct.content instanceof Y.ContentString,
  );

/** Items of typed text that a transaction brought or took away. */
function* touchedText(transaction: Y.Transaction): Generator<Y.Item> {
  const { store } = transaction.doc;
  for (const [client, to] of transaction.afterState) {
    const from = transaction.beforeState.get(client) ?? 0;
    if (to <= from) continue;
    const structs = store.clients.get(client) ?? [];
    for (let at = Y.findIndexSS(structs, from); at < structs.length; at++) {
      const struct = structs[at];
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) yield struct;
    }
  }
  const gone: Y.Item[] = [];
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (struct instanceof Y.Item && struct.content instanceof Y.ContentString) gone.push(struct);
  });
  yield* gone;
}

interface Piece {
  readonly text: string;
  readonly client: number;
  readonly clock: number;
}

/** What can be read around an item, itself included if it is still there: at most `reach` units to either side. */
function around(item: Y.Item, reach: number): Piece[] {
  const pieces: Piece[] = item.deleted ? [] : [pieceOf(item)];
  for (const side of ['left', 'right'] as const) {
    let room = reach;
    for (let at = item[side]; at !== null && room > 0; at = at[side]) {
      if (at.deleted || !at.countable) continue;
      // What is no character, a mention or a line, ends a word.
      if (!(at.content instanceof Y.ContentString)) break;
      const piece = pieceOf(at);
      const part = side === 'left' ? last(piece, room) : { ...piece, text: piece.text.slice(0, room) };
      if (side === 'left') pieces.unshift(part);
      else pieces.push(part);
      room -= piece.text.length;
    }
  }
  return pieces;
}

const pieceOf = ({ content, id }: Y.Item): Piece => ({
  text: content instanceof Y.ContentString ? content.str : '',
  client: id.client,
  clock: id.clock,
});

const last = (piece: Piece, count: number): Piece => {
  const from = Math.max(0, piece.text.length - count);
  return { ...piece, text: piece.text.slice(from), clock: piece.clock + from };
};

function mark(pieces: readonly Piece[], terms: Terms, found: Map<number, Set<number>>): void {
  for (const [from, to] of terms.find(pieces.map(({ text }) => text).join(''))) {
    let start = 0;
    for (const { text, client, clock } of pieces) {
      const clocks = found.get(client) ?? new Set();
      for (let at = Math.max(from, start); at < Math.min(to, start + text.length); at++) clocks.add(clock + at - start);
      if (clocks.size > 0) found.set(client, clocks);
      start += text.length;
    }
  }
}
