import { APIError } from 'better-auth/api';
import { err, ok, type Result } from '@rapport/doc/result';

/** What better-auth refused, by its code, e.g. INVALID_PASSWORD. */
export interface AccountRefusal {
  readonly code: string;
  readonly message: string;
}

/** Runs a call of better-auth; what it refuses is a value, what breaks is thrown. */
export async function attempt<T>(call: Promise<T>): Promise<Result<T, AccountRefusal>> {
  try {
    return ok(await call);
  } catch (error) {
    if (!(error instanceof APIError) || error.statusCode >= 500) throw error;
    return err({ code: error.body?.code ?? '', message: error.body?.message ?? error.message });
  }
}
