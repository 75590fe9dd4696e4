import { expect, test } from 'vitest';
import { leadIdOf } from './make-lead.ts';
import { makePageTokens } from './page-token.ts';

test('a page’s token is good for its form alone, after a moment and for a day', () => {
  let now = 1_700_000_000_000;
  const tokens = makePageTokens('secret', () => now);
  const token = tokens.page('F');
  expect(tokens.stateOf('F', token)).toBe('too-fast');
  now += 2000;
  expect(tokens.stateOf('F', token)).toBe('good');
  expect(tokens.stateOf('G', token)).toBe('too-old');
  expect(makePageTokens('other', () => now).stateOf('F', token)).toBe('too-old');
  for (const forged of ['', '..', 'a.b.c', token.slice(0, -1), `0${token}`, `${token}.x`.repeat(50)])
    expect(tokens.stateOf('F', forged), forged).toBe('too-old');
  // A clock that is wrong, or a token of tomorrow: not good before it was made.
  now -= 86_400_000;
  expect(tokens.stateOf('F', token)).toBe('too-fast');
  now += 2 * 86_400_000;
  expect(tokens.stateOf('F', token)).toBe('too-old');
  expect(tokens.isTest('F', token)).toBe(false);
  const test = tokens.test('F');
  expect([tokens.isTest('F', test), tokens.isTest('G', test), tokens.stateOf('F', test)]).toEqual([
    true,
    false,
    'too-old',
  ]);
});

test('the same answers have the same lead, others another', () => {
  const tokens = makePageTokens('secret', () => 0);
  const [one, two] = [tokens.fingerprint('F', 't', '{"name":"A"}'), tokens.fingerprint('F', 't', '{"name":"B"}')];
  expect(leadIdOf(one, 5)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(leadIdOf(one, 5)).toBe(leadIdOf(one, 5));
  expect(leadIdOf(one, 5)).not.toBe(leadIdOf(two, 5));
});
