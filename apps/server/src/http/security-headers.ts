import type { MiddlewareHandler } from 'hono';

/** Scripts come from our own files only; styles may be inline because widgets position themselves with them. */
const policy = (connect: string, extra: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self' data:",
    'connect-src': connect,
    'worker-src': "'self' blob:",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    ...extra,
  })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

/** Headers for every reply: nothing is framed, sniffed, or loaded from elsewhere. */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  // 'self' leaves out WebSockets in some browsers.
  const csp = policy(`'self' ${publicUrl.replace(/^http/, 'ws')}`);
  const isHttps = publicUrl.startsWith('https:');
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', csp);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'same-origin');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
    if (isHttps) headers.set('strict-transport-security', 'max-age=15552000');
  };
}
