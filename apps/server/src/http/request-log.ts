import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';

/** One line a request: the route's pattern instead of its address, because addresses hold tokens and search texts. */
export function requestLog(log: Logger): MiddlewareHandler {
  return async (c, next) => {
    const startMs = performance.now();
    await next();
    const details = {
      method: c.req.method,
      route: c.req.routePath,
      status: c.res.status,
      ms: Math.round(performance.now() - startMs),
    };
    if (c.res.status >= 500) log.warn(details, 'request');
    else log.debug(details, 'request');
  };
}
