import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Related } from './related.ts';
import { forgetRelated, keepRelated, keptRelated, type KeptRelated } from './kept-related.web.ts';

const key = 'rapport:related:ws';
const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
    removeItem: (name: string) => void stored.delete(name),
  });
});
afterEach(() => void vi.unstubAllGlobals());

const related: Related = {
  links: [{ noun: 'company', id: 'c1', name: 'Hafenlicht', role: '', primary: true }],
  deals: [{ id: 'd1', board: 'b1', title: null, status: 'open', value: null, expectedClose: null, closedAt: null }],
  dealsTotal: 1,
  notes: [{ id: 'n1', title: 'Visit' }],
  notesTotal: 1,
  parts: [{ id: 'p1', name: 'Hafenlicht Nord' }],
  shared: 'everyone',
};
const kept = (id: string): KeptRelated => ({ id, related, names: [['c1', 'Hafenlicht']] });

test('what was kept is there, newest first, until it is forgotten', () => {
  keepRelated('ws', kept('a'));
  keepRelated('ws', kept('b'));
  expect(keptRelated('ws', 'a')).toEqual(kept('a'));
  forgetRelated('ws', 'a');
  expect([keptRelated('ws', 'a'), keptRelated('ws', 'b')]).toEqual([undefined, kept('b')]);
});

test.each<readonly [string, string]>([
  ['cut off', '[{"id":"a"'],
  ['null', 'null'],
  ['an object', '{"a":{}}'],
  ['text', '"a"'],
  ['a number', '7'],
])('a store that is %s counts as empty, and can be written again', (_what, text) => {
  stored.set(key, text);
  expect(keptRelated('ws', 'a')).toBeUndefined();
  expect(() => forgetRelated('ws', 'a')).not.toThrow();
  stored.set(key, text);
  keepRelated('ws', kept('a'));
  expect(keptRelated('ws', 'a')).toEqual(kept('a'));
});

const { parts: _parts, ...withoutParts } = related;
test.each<readonly [string, unknown]>([
  ['null', null],
  ['text', 'a'],
  ['without names', { id: 'a', related }],
  ['with a name that is no pair', { id: 'a', related, names: ['c1'] }],
  ['without what is related', { id: 'a', names: [] }],
  ['of the time before parts', { id: 'a', related: withoutParts, names: [] }],
  ['with links that are no list', { id: 'a', related: { ...related, links: {} }, names: [] }],
  ['with a hole among the deals', { id: 'a', related: { ...related, deals: [null] }, names: [] }],
  ['with a note that has no title', { id: 'a', related: { ...related, notes: [{ id: 'n1' }] }, names: [] }],
  ['with a total that is no number', { id: 'a', related: { ...related, dealsTotal: '1' }, names: [] }],
])('an entry %s counts as absent; the others stay', (_what, entry) => {
  stored.set(key, JSON.stringify([entry, kept('b')]));
  expect([keptRelated('ws', 'a'), keptRelated('ws', 'b')]).toEqual([undefined, kept('b')]);
});
