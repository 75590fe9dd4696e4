import { Readable } from 'node:stream';
import { findFile, versionsOf } from '@rapport/domain/files/list-files.node';
import { refuse } from '@rapport/domain/http/api-error.node';
import { describe } from '@rapport/domain/http/describe.node';
import { Hono } from 'hono';
import type { ApiEnv } from '../http/api-context.ts';
import type { Services } from '../services.ts';
import { shownImages } from './sniff.ts';

/** Nothing in a file runs, loads, or frames anything, whatever a browser makes of it. */
const closedPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Everything else is for the disk: a browser must not try to show it. */
const isShown = (type: string): boolean => shownImages.has(type) || type === 'application/pdf' || type === 'text/plain';

/** How a browser is told a name: plain letters for old ones, and the whole in RFC 5987's form. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** The one range of a Range header, within `size`: null for all of it, undefined for one that is not there. */
export function rangeOf(header: string | undefined, size: number): { start: number; end: number } | null | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  // Several ranges, or other units: the whole is always a right answer.
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end || start >= size || (from === '' && Number(to) === 0) ? undefined : { start, end };
}

/** What is in a file. Mounted at `/w/:ws/files`. */
export function contentRoutes({ files, log }: Services): Hono<ApiEnv> {
  return new Hono<ApiEnv>().get(
    '/:id/content',
    describe({
      tag: 'Files',
      summary: 'The content of a file',
      description:
        '`version`: an older one. `download=1`: never shown in the browser. Takes Range and If-None-Match. Only pictures, ' +
        'PDF and plain text are shown; nothing in them can run.',
    }),
    async (c) => {
      const ws = c.var.workspace;
      const id = c.req.param('id');
      const known = findFile(ws, id);
      if (known === undefined) return refuse(c, 'not-found', 'There is no such file.');
      const wanted = c.req.query('version') ?? known.file.version;
      const version = versionsOf(ws, id).find((each) => each.id === wanted);
      if (version === undefined) return refuse(c, 'not-found', 'There is no such version.');
      const { contents } = files(ws.id);
      const size = await contents.size(version.sha256);
      if (size === null || size !== version.size) {
        log.error({ workspace: ws.id, file: id, sha256: version.sha256 }, 'the content of a file is missing or cut');
        return refuse(
          c,
          'gone',
          'The content of this file is missing on the server. An admin can restore it from a backup.',
        );
      }
      const etag = `"${version.sha256}"`;
      const headers: Record<string, string> = {
        etag,
        // Each time it is asked whether one may still see it. `no-transform`: packing would break ranges.
        'cache-control': 'private, no-cache, no-transform',
        'content-security-policy': closedPolicy,
        'accept-ranges': 'bytes',
        'content-type': version.type === 'text/plain' ? 'text/plain; charset=utf-8' : version.type,
        'content-disposition': disposition(
          c.req.query('download') === '1' || !isShown(version.type) ? 'attachment' : 'inline',
          known.file.name,
        ),
      };
      if (c.req.header('if-none-match')?.split(/, */).includes(etag) === true) return c.body(null, 304, headers);
      const ifRange = c.req.header('if-range');
      const range = ifRange === undefined || ifRange === etag ? rangeOf(c.req.header('range'), size) : null;
      if (range === undefined) {
        c.header('content-range', `bytes */${size}`);
        return c.body(null, 416);
      }
      headers['content-length'] = String(range === null ? size : range.end - range.start + 1);
      if (range !== null) headers['content-range'] = `bytes ${range.start}-${range.end}/${size}`;
      const status = range === null ? 200 : 206;
      if (c.req.method === 'HEAD' || size === 0) return c.body(null, status, headers);
      const stream = Readable.toWeb(contents.read(version.sha256, range ?? undefined)) as ReadableStream<Uint8Array>;
      return c.body(stream, status, headers);
    },
  );
}
