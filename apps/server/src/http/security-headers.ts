import type { MiddlewareHandler } from 'hono';

/**
 * Scripts and style sheets come from our own files only. Style attributes stay allowed: floating widgets are placed with
 * them, and no text of a person ever becomes markup.
 */
const policy = (connect: string, extra: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    'default-src': "'self'",
    'script-src': "'self'",
    'script-src-attr': "'none'",
    'style-src': "'self'",
    'style-src-attr': "'unsafe-inline'",
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

const features = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'hid', 'display-capture', 'midi'];

/** Headers for every reply: nothing is framed, sniffed, or loaded from elsewhere, and no answer of the API is kept. */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  // 'self' leaves out WebSockets in some browsers.
  const connect = `'self' ${publicUrl.replace(/^http/, 'ws')}`;
  const csp = policy(connect);
  // The page that shows the API's documentation makes its style sheets as it runs.
  const docsCsp = policy(connect, { 'style-src': "'self' 'unsafe-inline'" });
  const isHttps = publicUrl.startsWith('https:');
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    const { path } = c.req;
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', path.startsWith('/api/docs') ? docsCsp : csp);
    if (!headers.has('cache-control') && path.startsWith('/api/')) headers.set('cache-control', 'no-store');
    headers.set('x-content-type-options', 'nosniff');
    // Only a public form's page names pages that may frame it; the older header cannot say so.
    if (!/frame-ancestors (?!'none')/.test(headers.get('content-security-policy') ?? ''))
      headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'same-origin');
    headers.set('cross-origin-opener-policy', 'same-origin');
    if (!headers.has('cross-origin-resource-policy')) headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('permissions-policy', features.map((name) => `${name}=()`).join(', '));
    if (isHttps) headers.set('strict-transport-security', 'max-age=15552000');
  };
}
