import { createHash } from 'node:crypto';
import { refuse } from '@rapport/domain/http/api-error.node';
import type { MiddlewareHandler } from 'hono';
import type { Idempotency } from '../control/idempotency.ts';
import type { ApiEnv } from './api-context.ts';

const longestKey = 200;

/** Answers a repeated write (same Idempotency-Key, same request) with its first reply instead of doing it again. */
export function idempotent(store: Idempotency): MiddlewareHandler<ApiEnv> {
  const running = new Map<string, Promise<void>>();
  return async (c, next) => {
    const key = c.req.header('idempotency-key');
    const { caller } = c.var;
    if (key === undefined || caller === null || ['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return next();
    if (key.length === 0 || key.length > longestKey)
      return refuse(c, 'invalid', `Idempotency-Key must have 1 to ${longestKey} characters.`);
    const scope = caller.kind === 'key' ? `key ${caller.keyId}` : `user ${caller.user.id}`;
    const id = `${scope}\n${key}`;
    // A repeat that arrives while the first is still being done waits for its reply.
    for (let first = running.get(id); first !== undefined; first = running.get(id)) await first;
    const done = Promise.withResolvers<void>();
    running.set(id, done.promise);
    try {
      const hash = await requestHash(c.req);
      const known = store.find(scope, key, hash);
      if (known === 'other-request') return refuse(c, 'conflict', 'This Idempotency-Key was used for another request.');
      if (known !== null) {
        c.header('Idempotent-Replayed', 'true');
        return c.body(known.body, known.status as 200, { 'content-type': known.contentType });
      }
      await next();
      // What the server failed to do may be tried again with the same key.
      if (c.res.status < 500) {
        const body = await c.res.clone().text();
        store.keep(scope, key, hash, {
          status: c.res.status,
          contentType: c.res.headers.get('content-type') ?? '',
          body,
        });
      }
      return undefined;
    } finally {
      running.delete(id);
      done.resolve();
    }
  };
}

async function requestHash(request: {
  method: string;
  path: string;
  url: string;
  header(name: string): string | undefined;
  arrayBuffer(): Promise<ArrayBuffer>;
}): Promise<string> {
  const hash = createHash('sha256').update(`${request.method} ${request.path}${new URL(request.url).search}\n`);
  const body = Buffer.from(await request.arrayBuffer());
  // Each sending of a form draws a new boundary between the same parts.
  const boundary = /^multipart\/.*boundary="?([^";]+)/i.exec(request.header('content-type') ?? '')?.[1];
  if (boundary === undefined) hash.update(body);
  else for (const part of partsOf(body, boundary)) hash.update(`${part.length}\n`).update(part);
  return hash.digest('base64url');
}

function* partsOf(body: Buffer, boundary: string): Generator<Buffer> {
  let from = 0;
  for (let at = body.indexOf(boundary); at !== -1; at = body.indexOf(boundary, from)) {
    yield body.subarray(from, at);
    from = at + boundary.length;
  }
  yield body.subarray(from);
}
