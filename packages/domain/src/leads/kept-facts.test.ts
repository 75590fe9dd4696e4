import { beforeEach, expect, test, vi } from 'vitest';
import { keepFacts, keptFacts } from './kept-facts.web.ts';

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});

const facts = { signals: { lead: { stageSince: 1, touchedAt: 2, touchedWhat: 'moved' } }, known: ['lead'] };

test('what was heard of a board is there again, and of that board only', () => {
  keepFacts('w', 'inbox', facts);
  expect(keptFacts('w', 'inbox')).toEqual(facts);
  expect(keptFacts('w', 'other')).toEqual({ signals: {}, known: [] });
});

test.each(['{"signals"', '[]', '{"signals":{"a":3},"known":[]}', '{"signals":{},"known":[4]}', 'null'])(
  'what is kept as %s counts as nothing',
  (text) => {
    keepFacts('w', 'inbox', facts);
    for (const key of stored.keys()) stored.set(key, text);
    expect(keptFacts('w', 'inbox')).toEqual({ signals: {}, known: [] });
  },
);
