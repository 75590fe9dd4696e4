import type { Context } from 'hono';

/**
 * Headers of a public page: it loads its style and one script from here and nothing else, and stands only in the frames
 * that its form allows. `goal` is where the form sends people afterwards: browsers take that for a part of sending.
 */
export function pageHeaders(c: Context, page: { frames?: readonly string[]; goal?: string } = {}): void {
  const { frames = [], goal = '' } = page;
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'form-action': goal === '' ? "'self'" : `'self' ${new URL(goal).origin}`,
    'base-uri': "'none'",
    'frame-ancestors': frames.length === 0 ? "'none'" : frames.join(' '),
  };
  c.header(
    'content-security-policy',
    Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join('; '),
  );
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex, nofollow');
}
