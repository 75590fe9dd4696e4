import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { anchoredText, anchorOf, findQuote, readPlace, resolvePlace } from './comment-ops.ts';
import { makeNote, p } from './note-fixture.ts';
import { bodyRoot } from './schema.ts';

const textIn = (doc: Y.Doc, block: number) =>
  (doc.getXmlFragment(bodyRoot).get(block) as Y.XmlElement).get(0) as Y.XmlText;

test('an anchor keeps the characters that it was put on, whatever happens around and within', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.array(fc.tuple(fc.nat(1), fc.boolean(), fc.nat(999), fc.integer({ min: 1, max: 4 })), { maxLength: 40 }),
      (start, length, edits) => {
        const first = makeNote(p('before'), p('abcdefghijklmnopqrstuvwxyzABCDEF'), p('behind'));
        const second = new Y.Doc();
        Y.applyUpdate(second, Y.encodeStateAsUpdate(first));
        const original = textIn(first, 1)
          .toString()
          .slice(start, start + length);
        const text = textIn(first, 1);
        const anchor = anchorOf({ text, index: start }, { text, index: start + length });
        for (const [who, isInsert, at, count] of edits) {
          const doc = who === 0 ? first : second;
          const here = textIn(doc, 1);
          if (isInsert) here.insert(at % (here.length + 1), '.'.repeat(count));
          else if (here.length > 0) {
            const index = at % here.length;
            here.delete(index, Math.min(count, here.length - index));
          }
          if (at % 3 === 0) doc.getXmlFragment(bodyRoot).insert(0, []);
        }
        for (const [to, from] of [
          [first, second],
          [second, first],
        ] as const)
          Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
        for (const doc of [first, second]) {
          const left = textIn(doc, 1).toString();
          const held = anchoredText(doc, anchor);
          const survivors = [...original].filter((letter) => left.includes(letter)).join('');
          // Every character that is left of it, in order; and nothing that stood beside it.
          expect(held.replaceAll('.', '')).toBe(survivors);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('what is typed at either end stays outside', () => {
  const note = makeNote(p('one two three'));
  const anchor = findQuote(note, 'two');
  const text = textIn(note, 0);
  text.insert(4, 'X');
  text.insert(8, 'Y');
  expect(text.toString()).toBe('one XtwoY three');
  expect(anchoredText(note, anchor)).toBe('two');
  text.insert(6, '-');
  expect(anchoredText(note, anchor)).toBe('t-wo');
});

test.each([
  null,
  'text',
  7,
  {},
  [],
  { type: 'x' },
  { item: { client: 'x', clock: -1 } },
  { item: { client: 1, clock: 9e9 } },
])('a place like %j that another program wrote is no place, and throws nothing', (raw) => {
  const note = makeNote(p('text'));
  expect(resolvePlace(note, raw)).toBeNull();
  expect(() => readPlace(raw)).not.toThrow();
});
