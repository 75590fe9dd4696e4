import { refuse } from '@rapport/domain/http/api-error.node';
import type { Result } from '@rapport/doc/result';
import type { Context } from 'hono';
import { makeRateLimit } from '../http/rate-limit.ts';
import type { Services } from '../services.ts';
import type { AccountRefusal } from './refusals.ts';

/**
 * For changes that ask a signed-in person for their password (or a code) again: whoever sits at an open browser must not
 * be able to guess it. Wrong answers are counted by person, as failed sign-ins are.
 */
export function makeAskPassword({ config, now }: Pick<Services, 'config' | 'now'>) {
  const { signInFailures } = config.limits;
  const failures = makeRateLimit({ perSecond: signInFailures / 60, burst: signInFailures, now });
  const words: Readonly<Record<string, { field: string; text: string }>> = {
    INVALID_PASSWORD: { field: 'password', text: 'is wrong' },
    INVALID_CODE: { field: 'code', text: 'is wrong or no longer valid' },
    PASSWORD_TOO_SHORT: { field: 'newPassword', text: 'is too short' },
    PASSWORD_TOO_COMMON: { field: 'newPassword', text: 'is too easy to guess: choose another' },
    PASSWORD_TOO_LONG: { field: 'newPassword', text: 'is too long' },
  };
  const guesses = new Set(['INVALID_PASSWORD', 'INVALID_CODE']);

  return {
    /** The refusal when the person guessed too often just now, else null. */
    tooMany(c: Context, userId: string): Response | null {
      if (failures.hasRoom(userId)) return null;
      c.header('Retry-After', '60');
      return refuse(c, 'rate-limited', 'Too many attempts. Try again in 60 s.');
    },
    /** The refusal in the API's words, counted when it was a guess; null when it was done. */
    problem(c: Context, userId: string, outcome: Result<unknown, AccountRefusal>): Response | null {
      if (outcome.ok) return null;
      const { code, message } = outcome.error;
      if (guesses.has(code)) failures.take(userId);
      const known = words[code];
      if (known === undefined) return refuse(c, 'conflict', `${message}.`);
      return refuse(c, 'invalid', `${message}.`, { [known.field]: known.text });
    },
  };
}

export type AskPassword = ReturnType<typeof makeAskPassword>;
