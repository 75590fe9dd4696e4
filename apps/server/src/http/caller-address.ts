import { isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** Where a request comes from. With TRUST_PROXY the last entry of X-Forwarded-For, which our own proxy wrote. */
export function addressOf(c: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded ?? getConnInfo(c).remote.address ?? 'unknown';
}

/** The network of an address, for what is kept: `203.0.113.0/24`, `2001:db8:12::/48`; no single line can be told from it. */
export function networkOf(address: string): string {
  const four = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(address);
  if (four !== null) return `${four[1]}.0/24`;
  if (!isIPv6(address)) return 'unknown';
  const [head = ''] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const three = [...groups, '0', '0', '0'].slice(0, 3).join(':');
  return `${three}::/48`;
}
