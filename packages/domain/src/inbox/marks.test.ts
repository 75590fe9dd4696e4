import { describe, expect, it } from 'vitest';
import { isEntryId, noMark, readMark, stateOf } from './marks.ts';

describe('an entry of the inbox', () => {
  it.each([
    ['nothing said', noMark, 'unread'],
    ['read', { ...noMark, readAt: 50 }, 'read'],
    ['done', { ...noMark, readAt: 50, doneAt: 60 }, 'done'],
    ['put off', { ...noMark, readAt: 50, until: 200 }, 'snoozed'],
    ['put off until just now', { ...noMark, readAt: 50, until: 100 }, 'unread'],
    ['put off, come back, read', { ...noMark, readAt: 99, until: 80 }, 'read'],
    ['put off and done', { ...noMark, doneAt: 70, until: 200 }, 'done'],
  ] as const)('%s', (_case, mark, state) => expect(stateOf(mark, 100)).toBe(state));

  it.each([[null], ['x'], [[]], [{ readAt: 'now', doneAt: Infinity, until: 1.5 }]])(
    'reads %j as nothing said',
    (raw) => {
      expect(readMark(raw) ?? noMark).toEqual(noMark);
    },
  );

  it.each([
    ['m/01J/12.4', true],
    ['c/01J/01K', true],
    ['m/01J/01K/member/01M', true],
    ['x/01J/01K', false],
    ['m/01J/<b>', false],
    ['__proto__', false],
  ])('%s', (id, is) => expect(isEntryId(id)).toBe(is));
});
