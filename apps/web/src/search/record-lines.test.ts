import { expect, test } from 'vitest';
import { recordLines } from './record-lines.ts';
import { partsOf } from './search-reply.ts';
import { recordAt } from './record-places.ts';

const deal = (id: string, title: string) => ({ id, boardId: 'b', board: 'B', title, company: '' });
const found = (id: string, title: string, noun = 'deal') => ({ noun, id, parent: 'b', title, hits: [] });
const titles = (options: Partial<Parameters<typeof recordLines>[0]>) =>
  recordLines({ q: 'ac', deals: [], opened: [], found: undefined, most: 8, ...options }).map(({ title }) => title);

test('before the server answers it is what the device knows, then the order of the server, each once', () => {
  const deals = [deal('1', 'Acorn'), deal('2', 'Acme')];
  expect(titles({ deals })).toEqual(['Acorn', 'Acme']);
  expect(titles({ deals, found: { q: 'ac', items: [found('2', 'Acme'), found('3', 'Place')] } })).toEqual([
    'Acme',
    'Place',
    'Acorn',
  ]);
});

test('an answer to fewer letters stays as far as it fits what was typed since', () => {
  const answer = { q: 'a', items: [found('1', 'Beta and Acme'), found('2', 'Alpha')] };
  expect(titles({ found: answer })).toEqual(['Beta and Acme']);
});

test('what no page shows is not offered', () => {
  expect(titles({ found: { q: 'ac', items: [found('1', 'Acme', 'nothing'), found('2', 'Acme', 'note')] } })).toEqual([
    'Acme',
  ]);
});

test('a text is cut at what was found, and nothing of it is lost', () => {
  const text = 'a <b>bold</b> move';
  const parts = partsOf(text, [
    [2, 5],
    [14, 18],
  ]);
  expect(parts.filter(({ isHit }) => isHit).map((part) => part.text)).toEqual(['<b>', 'move']);
  expect(parts.map((part) => part.text).join('')).toBe(text);
});

test.each([
  ['/b/board1', '?deal=d1', { noun: 'deal', id: 'd1', parent: 'board1' }],
  ['/b/board1', '', null],
  ['/n/n1', '', { noun: 'note', id: 'n1', parent: null }],
  ['/contacts/c1', '?x=1', { noun: 'contact', id: 'c1', parent: null }],
  ['/contacts', '', null],
  ['/settings/members', '', null],
])('the record on %s%s', (path, search, expected) => {
  expect(recordAt(path, search)).toEqual(expected);
});
