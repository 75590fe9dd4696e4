import type { Context } from 'hono';
import type { SignedIn } from '../control/sessions.ts';
import type { ApiEnv } from '../http/api-context.ts';

/** The person of a route behind `requirePerson`. */
export function signedIn(c: Context<ApiEnv>): SignedIn {
  const { caller } = c.var;
  if (caller?.kind !== 'session') throw new Error('this route needs requirePerson before it');
  return caller;
}
