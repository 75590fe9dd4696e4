import { cardsRoot } from '@rapport/domain/boards/board';
import * as Y from 'yjs';

/** An edit that is ready to be sent. Its mark stands in its bytes, so that a receiver recognises it undecoded. */
export interface Edit {
  readonly mark: number;
  readonly update: Uint8Array;
}

let marks = 0;

/**
 * Makes `count` edits of one person before the clock runs: keystrokes in titles, each an update of its own. Writers of
 * one board take turns over its cards (`writer` of `writers`), so that none races another.
 */
export function makeEdits(board: Y.Doc, count: number, writer = 0, writers = 1): Edit[] {
  const cards = [...board.getMap(cardsRoot).values()].filter((card) => card instanceof Y.Map);
  const own = cards.filter((_, i) => i % writers === writer);
  const edits: Edit[] = [];
  const mark = (): number => marks;
  const keep = (update: Uint8Array): void => {
    edits.push({ mark: mark(), update });
  };
  board.on('update', keep);
  for (let i = 0; i < count; i++) {
    marks++;
    // A few keystrokes on one card, then the next: as people type.
    own[Math.floor(i / 8) % own.length]?.set('title', `Deal #${String(marks).padStart(8, '0')}`);
  }
  board.off('update', keep);
  return edits;
}

/** The marks of all edits within an update. */
export function marksIn(update: Buffer): number[] {
  const found: number[] = [];
  for (let at = update.indexOf('#'); at >= 0; at = update.indexOf('#', at + 1)) {
    const digits = update.toString('latin1', at + 1, at + 9);
    if (/^\d{8}$/.test(digits)) found.push(Number(digits));
  }
  return found;
}
