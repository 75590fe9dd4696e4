import type { Context } from 'hono';
import type { Services } from '../services.ts';

/** Asked often and by anybody: the answer of the last second is good enough. */
const freshMs = 1000;

/** 200 while everything can be written, else 503 with the reason. `damagedDocuments`, when there are any, is an alarm. */
export function health({ control, host, version, now }: Services): (c: Context) => Promise<Response> {
  let last: { at: number; reason: string | null } | null = null;
  return async (c) => {
    if (last === null || now() - last.at >= freshMs)
      last = { at: now(), reason: control.probe() ?? (await host.probe()) };
    c.header('cache-control', 'no-store');
    const damagedDocuments = host.damagedDocuments();
    return last.reason === null
      ? c.json({ status: 'ok', version, ...(damagedDocuments > 0 ? { damagedDocuments } : {}) })
      : c.json({ status: 'unavailable', reason: last.reason }, 503);
  };
}
