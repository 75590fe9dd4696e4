import { expect, test } from 'vitest';
import { findIn, marked } from './palette-search.ts';

const line = (label: string, detail?: string) => ({ group: 'Deals', label, detail });
const labels = (query: string, ...lines: ReturnType<typeof line>[]) => findIn(lines, query).map(({ label }) => label);

test.each([
  [
    'what begins with the query comes first',
    'cold',
    ['Sensors for cold rooms', 'Cold-room sensors'],
    ['Cold-room sensors', 'Sensors for cold rooms'],
  ],
  ['accents and case do not count', 'sorli', ['Ana Sørli', 'Ána Šorlí'], ['Ána Šorlí']],
  [
    'all words have to be there, in any order',
    'sites blood',
    ['Blood-bank fridges, 3 sites', 'Blood'],
    ['Blood-bank fridges, 3 sites'],
  ],
  ['an empty query keeps all in order', ' ', ['b', 'a'], ['b', 'a']],
] as const)('%s', (_name, query, given, expected) => {
  expect(labels(query, ...given.map((label) => line(label)))).toEqual(expected);
});

test('a detail is found too, after labels', () => {
  expect(labels('holl', line('Smokehouse', 'Hollin & Sons'), line('Hollow way'))).toEqual(['Hollow way', 'Smokehouse']);
});

test('the hit is cut out of the label as it is written', () => {
  expect(marked('Hollin & Sons', 'HOLL')).toEqual([
    { text: 'Holl', isHit: true },
    { text: 'in & Sons', isHit: false },
  ]);
  expect(marked('Hollin', 'x')).toEqual([{ text: 'Hollin', isHit: false }]);
});
