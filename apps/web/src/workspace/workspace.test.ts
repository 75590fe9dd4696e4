import type { HistoryOutcome } from '@rapport/doc/undo';
import type { ChangeLabel, PersonHere } from '@rapport/domain/client';
import { expect, test } from 'vitest';
import { checkForm, explain } from '../account/auth.ts';
import { ApiFailure } from '../api/request.ts';
import { safeNext } from '../screens/safe-next.ts';
import { gather } from './here.ts';
import { wordsFor } from './undo-words.ts';

const minuteMs = 60_000;
const person = (clientId: number, id: string, activeAt: number, view = '/w/1'): PersonHere => ({
  clientId,
  member: { id, name: id, colour: 1 },
  presence: { view, activeAt },
});

test('a person with two tabs is one line, at the place they used last; I am none', () => {
  const now = 10 * minuteMs;
  const people = [person(1, 'ana', now - minuteMs, '/old'), person(2, 'ana', now, '/new'), person(3, 'me', now)];
  expect(gather(people, 'me', now)).toEqual([
    { id: 'ana', name: 'ana', colour: 1, isIdle: false, board: null, view: '/new' },
  ]);
});

test('five minutes without input are idle', () => {
  const now = 10 * minuteMs;
  expect(gather([person(1, 'ana', now - 5 * minuteMs)], 'me', now)[0]?.isIdle).toBe(false);
  expect(gather([person(1, 'ana', now - 5 * minuteMs - 1)], 'me', now)[0]?.isIdle).toBe(true);
});

const outcome = (part: Partial<HistoryOutcome<ChangeLabel>>): HistoryOutcome<ChangeLabel> => ({
  label: { kind: 'moved', text: 'Moved “A” to Proposal' },
  done: 1,
  kept: [],
  unavailable: [],
  ...part,
});
const keptValue = { doc: 'board/1', root: 'cards', id: '1', field: 'value', from: 1, to: 2, client: 7 };

test.each([
  ['nothing', 'undo', null, 'Nothing to undo'],
  ['done', 'undo', outcome({}), 'Undone: Moved “A” to Proposal'],
  ['redone', 'redo', outcome({}), 'Done again: Moved “A” to Proposal'],
  [
    'a colleague built on it',
    'undo',
    outcome({ done: 0, kept: [keptValue] }),
    'Not undone: Ana changed the value since',
  ],
  [
    'nobody known did',
    'undo',
    outcome({ done: 0, kept: [{ ...keptValue, client: 8 }] }),
    'Not undone: A colleague changed the value since',
  ],
] as const)('undo says: %s', (_name, way, what, text) => {
  expect(wordsFor(way, what, (client) => (client === 7 ? 'Ana' : undefined)).text).toBe(text);
});

test.each([
  ['/w/1/settings', '/w/1/settings'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [undefined, '/'],
])('after signing in %s leads to %s', (next, goal) => {
  expect(safeNext(next)).toBe(goal);
});

test('a form says what to type before the server is asked', () => {
  expect(checkForm({ name: ' ', email: 'ana', password: 'short', workspace: '' })).toEqual({
    workspace: 'Name it after your company.',
    name: 'Type your name, as colleagues know you.',
    email: 'Type an e-mail address, such as ana@company.com.',
    password: 'Use 8 characters or more.',
  });
  expect(checkForm({ email: 'ana@frostvale.example' })).toEqual({});
});

test('a refusal stands beside the field that it is about', () => {
  expect(explain(new ApiFailure('USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', 422, 'exists')).email).toBeDefined();
  expect(explain(new ApiFailure('INVALID_EMAIL_OR_PASSWORD', 401, 'no')).form).toBe('E-mail or password is wrong.');
});
