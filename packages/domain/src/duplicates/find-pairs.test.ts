import { expect, test } from 'vitest';
import type { Comparable } from './comparable.ts';
import { findPairs } from './find-pairs.ts';
import { prepare, type ComparedNoun } from './prepare.ts';
import { countRarity } from './rarity.ts';

const pairsOf = (records: readonly Comparable[], noun: ComparedNoun = 'contact', country: string | null = null) => {
  const prepared = records.map((record) => prepare(record, { noun, country }));
  return findPairs(prepared, { noun, rarity: countRarity(prepared) });
};
/** Ids of pairs, e.g. `1=2`. */
const found = (...args: Parameters<typeof pairsOf>) => pairsOf(...args).map(({ a, b }) => `${a}=${b}`);
const two = (one: Omit<Comparable, 'id'>, other: Omit<Comparable, 'id'>): Comparable[] => [
  { id: '1', ...one },
  { id: '2', ...other },
];

test.each<[string, Comparable[]]>([
  [
    'the same address, names swapped',
    two(
      { names: ['Ana', 'Sorli'], emails: ['Ana@Hollin.example'] },
      { names: ['Sorli', 'Ana'], emails: ['ana@hollin.example'] },
    ),
  ],
  [
    'a nickname and the same number, one with its country',
    two(
      { names: ['Robert', 'Featherstone'], phones: ['+44 20 7946 0018'] },
      { names: ['Bob', 'Featherstone'], phones: ['020 7946 0018'] },
    ),
  ],
  [
    'accents and a slip, and the same company',
    two(
      { names: ['Jürgen', 'Vogelsang'], companies: ['Frostvale GmbH'] },
      { names: ['Jurgen', 'Vogelsnag'], companies: ['Frostvale'] },
    ),
  ],
  [
    'a mailbox with a tag, and dots that do not count',
    two(
      { names: ['Lena Vogt'], emails: ['lena.vogt@gmail.com'] },
      { names: ['L. Vogt'], emails: ['lenavogt+crm@gmail.com'] },
    ),
  ],
  [
    'a slip in the address',
    two(
      { names: ['Kofi Mensah'], emails: ['kofi.mensah@wexcombe.example'] },
      { names: ['Kofi Mensah'], emails: ['kofi.mesnah@wexcombe.example'] },
    ),
  ],
  [
    'a title',
    two(
      { names: ['Dr. Helle Brandvold'], phones: ['55501234'] },
      { names: ['Helle Brandvold'], phones: ['555 01 234'] },
    ),
  ],
])('one person: %s', (_what, records) => {
  expect(found(records, 'contact', 'GB')).toEqual(['1=2']);
});

test.each<[string, Comparable[]]>([
  ['a common first name', two({ names: ['Ana', 'Sorli'] }, { names: ['Ana', 'Berg'] })],
  [
    'one company',
    two({ names: ['Ana', 'Sorli'], companies: ['Acme'] }, { names: ['Ben', 'Okafor'], companies: ['Acme'] }),
  ],
  [
    'one household',
    two(
      { names: ['Ana', 'Sorli'], addresses: ['12 Mill Lane, Bergen 5003'] },
      { names: ['Ben', 'Okafor'], addresses: ['12 Mill Lane, Bergen 5003'] },
    ),
  ],
  ['nothing at all', two({ names: [] }, { names: [''] })],
  ['blanks', two({ names: [], emails: [''], phones: ['-'] }, { names: [], emails: [' '], phones: ['n/a'] })],
])('two people with %s', (_what, records) => {
  expect(found(records)).toEqual([]);
});

test("a company's switchboard and its mailbox for all make nobody one of its staff", () => {
  const names = ['Ana Sorli', 'Ben Okafor', 'Cleo Ferro', 'Dina Haddad', 'Emil Vogt', 'Ana Ferro'];
  const staff = names.map((name, at) => ({
    id: String(at),
    names: [name],
    phones: ['+47 555 01 000'],
    emails: ['office@acme.example'],
    companies: ['Acme'],
    addresses: ['12 Mill Lane, Bergen'],
  }));
  expect(found(staff)).toEqual([]);
  const twice = { id: '9', names: ['Sorli, Ana'], phones: ['+47 555 01 000'], companies: ['ACME Ltd.'] };
  expect(found([...staff, twice])).toEqual(['0=9']);
});

test.each<[string, Comparable[], boolean]>([
  ['legal forms', two({ names: ['Hooli Inc.'] }, { names: ['HOOLI, Incorporated'] }), true],
  [
    'one domain',
    two(
      { names: ['Hooli'], sites: ['https://www.hooli.example/about'] },
      { names: ['Hooli Cloud'], emails: ['info@hooli.example'] },
    ),
    true,
  ],
  ['dots in a form', two({ names: ['Nordfisk A.S.'] }, { names: ['Nordfisk AS'] }), true],
  ['a word more', two({ names: ['Acme Foods'] }, { names: ['Acme Robotics'] }), false],
  ['a form alone', two({ names: ['Group Ltd'] }, { names: ['Holding GmbH'] }), false],
])('companies: %s', (_what, records, isOne) => {
  expect(found(records, 'company')).toEqual(isOne ? ['1=2'] : []);
});

test('reasons say what is the same, strongest first, and add up to the score', () => {
  const [pair] = pairsOf(
    two(
      { names: ['Robert Featherstone'], emails: ['rf@acme.example'], phones: ['+442079460018'] },
      { names: ['Bob Featherstone'], emails: ['rf@acme.example'], phones: ['+442079460999'] },
    ),
  );
  expect(pair?.reasons.map(({ what, how }) => `${what} ${how}`)).toEqual([
    'name nickname',
    'email same',
    'phone different',
  ]);
  const bits = pair?.reasons.reduce((sum, { weight }) => sum + weight, -10) ?? 0;
  expect(pair?.score).toBeCloseTo(1 / (1 + 2 ** -bits));
});

test('the order of records changes nothing', () => {
  const records = [
    ...two({ names: ['Ana Sorli'], emails: ['a@x.example'] }, { names: ['Ana Sorli'], emails: ['a@x.example'] }),
    { id: '0', names: ['Anna Sorli'], emails: ['a@x.example'] },
  ];
  expect(pairsOf(records.toReversed())).toEqual(pairsOf(records));
});
