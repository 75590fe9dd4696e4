import { refuse } from '@rapport/domain/http/api-error.node';
import Sqlite from 'better-sqlite3';
import type { Context, ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import { AccessDenied } from '../access/guard-hub.ts';
import { ReadsBusy } from '../workspaces/reader.ts';

/** Turns what was thrown into the one error shape; a bug is logged with its stack and without the request's text. */
export function onFailure(log: Logger): ErrorHandler {
  return (error, c) => {
    if (error instanceof HTTPException && error.status < 500) return refuseStatus(c, error);
    if (error instanceof AccessDenied) return refuse(c, 'forbidden', error.message);
    if (error instanceof ReadsBusy) {
      log.warn({ path: c.req.routePath }, error.message);
      c.header('Retry-After', '1');
      return refuse(c, 'unavailable', 'Too much is being counted just now. Try again in a moment.');
    }
    log.error(
      { method: c.req.method, path: c.req.routePath, error: { name: error.name, stack: error.stack } },
      'request failed',
    );
    if (isStorageFailure(error))
      return refuse(c, 'unavailable', 'Nothing was saved: the disk cannot be written now. Try again later.');
    return refuse(c, 'internal', 'This went wrong on our side and was logged.');
  };
}

function refuseStatus(c: Context, error: HTTPException): Response {
  if (error.status === 413) return refuse(c, 'too-large', 'The request is larger than this server accepts.');
  if (error.status === 404) return refuse(c, 'not-found', error.message);
  return refuse(c, 'invalid', error.message === '' ? 'The request is not understood.' : `${error.message}.`);
}

const isStorageFailure = (error: Error): boolean =>
  error instanceof Sqlite.SqliteError && /^SQLITE_(FULL|IOERR|BUSY|READONLY|CANTOPEN|LOCKED)/.test(error.code);
