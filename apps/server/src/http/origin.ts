/**
 * Whether a browser page of ours sent this: its Origin is PUBLIC_URL's, or the very host that the request came to.
 * A cookie alone proves nothing, because browsers attach it to requests that other sites' pages make; but they send an
 * Origin with each of those, so that a request without one comes from a program that was given the cookie.
 */
export function isOwnOrigin(
  origin: string | null | undefined,
  host: string | null | undefined,
  publicUrl: string,
): boolean {
  if (origin == null) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (url.origin === publicUrl) return true;
  return url.protocol === new URL(publicUrl).protocol && url.host === host;
}
