import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';

export interface StoredReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const keptMs = 24 * 60 * 60 * 1000;

export type Idempotency = ReturnType<typeof makeIdempotency>;

/**
 * Replies to writes by their Idempotency-Key, for a day. A reply may hold a secret that is shown once (an API key), so
 * it is encrypted with a key that needs both the installation's secret and the caller's Idempotency-Key.
 */
export function makeIdempotency(database: Database, secret: string, now: () => number) {
  const get = database.prepare<[string], { request_hash: string; status: number; reply: Buffer }>(
    'SELECT request_hash, status, reply FROM idempotency WHERE id = ?',
  );
  const put = database.prepare(
    'INSERT OR REPLACE INTO idempotency (id, request_hash, status, reply, at) VALUES (?, ?, ?, ?, ?)',
  );
  const purge = database.prepare('DELETE FROM idempotency WHERE at < ?');
  const cipherKey = (key: string) => Buffer.from(hkdfSync('sha256', secret, key, 'idempotent reply', 32));

  return {
    /** The reply to the same request, 'other-request' when the key was used for a different one, null when new. */
    find(scope: string, key: string, requestHash: string): StoredReply | 'other-request' | null {
      purge.run(now() - keptMs);
      const row = get.get(rowId(scope, key));
      if (row === undefined) return null;
      if (row.request_hash !== requestHash) return 'other-request';
      const decipher = createDecipheriv('aes-256-gcm', cipherKey(key), row.reply.subarray(0, 12));
      decipher.setAuthTag(row.reply.subarray(12, 28));
      const text = Buffer.concat([decipher.update(row.reply.subarray(28)), decipher.final()]).toString('utf8');
      const newline = text.indexOf('\n');
      return { status: row.status, contentType: text.slice(0, newline), body: text.slice(newline + 1) };
    },
    keep(scope: string, key: string, requestHash: string, reply: StoredReply): void {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', cipherKey(key), nonce);
      const sealed = Buffer.concat([cipher.update(`${reply.contentType}\n${reply.body}`, 'utf8'), cipher.final()]);
      put.run(rowId(scope, key), requestHash, reply.status, Buffer.concat([nonce, cipher.getAuthTag(), sealed]), now());
    },
  };
}

const rowId = (scope: string, key: string) => createHash('sha256').update(`${scope}\n${key}`).digest('base64url');
