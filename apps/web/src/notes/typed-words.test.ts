import { makeChangeLog, type PendingChange } from '@rapport/sync/client/changes';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { wordsOfTyping } from './typed-words.ts';

/** A note in which `edits` were made, each as one transaction; answers what is pending, in words. */
function pendingAfter(...edits: ((doc: Y.Doc, text: Y.XmlText) => void)[]): (string | null)[] {
  const doc = new Y.Doc();
  const text = new Y.XmlText();
  doc.getMap('meta').set('title', 'Season plan');
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [text]);
  doc.getXmlFragment('body').insert(0, [paragraph]);
  let ids = 0;
  const log = makeChangeLog(() => String(++ids));
  doc.on('afterTransaction', (transaction) => void log.add(transaction, 0, true));
  for (const edit of edits) doc.transact(() => edit(doc, text));
  return log.pending().map((change: PendingChange) => wordsOfTyping('note/1', change, doc));
}
const type = (letters: string) => (_doc: Y.Doc, text: Y.XmlText) => text.insert(text.length, letters);

describe('what waits to be saved in a note', () => {
  it.each([
    ['typing, letter by letter', [type('L'), type('i'), type('ve')], ['Wrote “Live” in Season plan']],
    [
      'typing that was partly taken back',
      [type('Live on'), (_: Y.Doc, text: Y.XmlText) => text.delete(4, 3)],
      ['Wrote “Live” in Season plan'],
    ],
    ['a long text', [type('ab '.repeat(60))], [`Wrote “${'ab '.repeat(20).slice(0, 60)}…” in Season plan`]],
    ['a title', [(doc: Y.Doc) => void doc.getMap('meta').set('title', 'Winter plan')], ['Called a note “Winter plan”']],
  ] as const)('names %s', (_what, edits, words) => {
    expect(pendingAfter(...edits)).toEqual(words);
  });

  it('tells what was only taken out from what was only made bold', () => {
    const doc = new Y.Doc();
    const change = (deletes: PendingChange['deletes']) => ({
      touched: [{ path: ['body'], keys: null }],
      inserts: [],
      deletes,
    });
    expect(wordsOfTyping('note/1', change([[1, 0, 4]]), doc)).toBe('Took text out of an untitled note');
    expect(wordsOfTyping('note/1', change([]), doc)).toBe('Changed how an untitled note looks');
    expect(wordsOfTyping('board/1', change([]), doc)).toBeNull();
  });
});
