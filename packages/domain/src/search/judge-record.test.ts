import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeRecord } from './judge-record.ts';
import { slipsBetween } from './nearly-same.ts';
import { planSearch } from './plan-search.ts';

const record = (title: string, ...others: string[]) => ({
  id: 'r',
  parent: null,
  texts: [{ field: 'title', text: title }, ...others.map((text, at) => ({ field: `f${at}`, text }))],
});
const fit = (q: string, ...texts: [string, ...string[]]) => judgeRecord(planSearch(q), record(...texts)).fit;
/** The hits with what was found between brackets. */
const shown = (q: string, ...texts: [string, ...string[]]) =>
  judgeRecord(planSearch(q), record(...texts)).hits.map(({ text, ranges }) =>
    [...ranges]
      .reverse()
      .reduce((out, [start, end]) => `${out.slice(0, start)}[${out.slice(start, end)}]${out.slice(end)}`, text),
  );

test.each([
  ['a beginning', 'HOLL', ['Hollin & Sons'], ['[Holl]in & Sons']],
  ['within a word', 'house', ['Smokehouse'], ['Smoke[house]']],
  ['a slip', 'holin', ['Hollin & Sons'], ['[Hollin] & Sons']],
  ['two letters swapped', 'hlolin', ['Hollin'], ['[Hollin]']],
  ['accents', 'sorli', ['Ána Šorlí'], ['Ána [Šorlí]']],
  ['beside the title', 'acme', ['Fridges', 'Acme'], ['Fridges', '[Acme]']],
  ['characters in their order', '京都', ['東京都庁'], ['東[京都]庁']],
  ['a telephone number in another form', '0555 01-234', ['Ana', '+47 555 01 234'], ['Ana', '[+47 555 01 234]']],
  ['a fragment of an address', 'orli@holl', ['Ana', 'sorli@hollin.example'], ['Ana', 's[orli]@[holl]in.example']],
  [
    'what looks like a tag is text',
    '<b',
    ['a <b>bold</b>'],
    ['a <[b]>[b]old</[b]>'.replace('[b]old', 'bold').replace('</[b]>', '</b>')],
  ],
] as const)('shows %s', (_name, q, texts, expected) => {
  expect(shown(q, ...(texts as readonly [string]))).toEqual(expected);
});

test('the better it fits, the higher', () => {
  const ladder = [
    fit('hollin', 'Hollin'),
    fit('hollin', 'Hollin & Sons'),
    fit('hollin', 'Fridges for Hollin'),
    fit('hollin', 'Fridges for Hollinger'),
    fit('hollin', 'Fridges', 'Hollin'),
    fit('hollin', 'Fridges for Holin'),
  ];
  expect(ladder).toEqual([...ladder].sort((a, b) => b - a));
  expect(new Set(ladder).size).toBe(ladder.length);
  expect(fit('hollin paris', 'Hollin')).toBe(0);
});

test('slips are few, and none in numbers and short words', () => {
  expect([slipsBetween('ana', 'ann'), slipsBetween('55501', '55502'), slipsBetween('blodd', 'blood')]).toEqual([
    null,
    null,
    1,
  ]);
  expect(slipsBetween('fridegs', 'fridges')).toBe(1);
  expect(slipsBetween('refrigerater', 'refrigeration')).toBe(2);
});

test('a long text is cut around the hit, never within a character', () => {
  const [, hit] = judgeRecord(
    planSearch('needle'),
    record('T', `${'👋 hay '.repeat(100)}needle ${'👋 hay '.repeat(100)}`),
  ).hits;
  expect(hit?.text.length).toBeLessThan(165);
  const [[start, end] = [0, 0]] = hit?.ranges ?? [];
  expect(hit?.text.slice(start, end)).toBe('needle');
  expect(hit?.text.isWellFormed()).toBe(true);
});

test('ranges lie in the text, in order and apart, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 12 }), (text, q) => {
      for (const hit of judgeRecord(planSearch(q), record(text, `x ${q} ${text}`)).hits) {
        let last = 0;
        for (const [start, end] of hit.ranges) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(hit.text.length);
      }
    }),
    { numRuns: 200 },
  );
});
