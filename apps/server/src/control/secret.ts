import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The installation's secret, made on first start and readable by its owner only. */
export function loadSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

/** Tokens are random enough that an unsalted hash is a safe thing to store and to look up by. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** A bearer token for a link or a program. */
export const makeToken = (prefix: string): string => `${prefix}${randomBytes(24).toString('base64url')}`;
