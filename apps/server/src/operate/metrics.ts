import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Mailing } from '../mail/mailing.ts';
import type { WorkspaceHost } from '../workspaces/workspace-host.ts';

/** Numbers for Prometheus, served only with METRICS_TOKEN. No workspace, person or customer is named in them. */
export interface Metrics {
  commitTook(ms: number): void;
  /** Counts requests and their time, by route pattern. */
  readonly countRequests: MiddlewareHandler;
  readonly serve: (c: Context) => Promise<Response>;
  close(): void;
}

/** Without a token nothing is measured and the address does not exist. */
export function makeMetrics(token: string | null, host: () => WorkspaceHost, mailing: () => Mailing): Metrics {
  if (token === null)
    return {
      commitTook: () => undefined,
      countRequests: (_c, next) => next(),
      serve: async (c) => c.text('Metrics are off: METRICS_TOKEN is not set.', 404),
      close: () => undefined,
    };
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const commits = new Histogram({
    name: 'rapport_commit_seconds',
    help: 'How long a transaction of the store took',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  });
  const requests = new Counter({
    name: 'rapport_http_requests_total',
    help: 'HTTP requests by method and status',
    labelNames: ['method', 'status'],
    registers,
  });
  gaugeOf(registers, 'rapport_workspaces_open', 'Workspaces in use', () => host().opened().length);
  gaugeOf(registers, 'rapport_documents_loaded', 'Documents in memory', () => sum(host(), 'documents'));
  gaugeOf(registers, 'rapport_sockets', 'Connections to documents', () => sum(host(), 'connections'));
  gaugeOf(registers, 'rapport_commits_waiting', 'Changes that are not durable yet', () =>
    sum(host(), 'pendingCommits'),
  );
  gaugeOf(
    registers,
    'rapport_store_failing',
    'Workspaces whose last commit failed',
    () =>
      host()
        .opened()
        .filter(({ hub }) => hub.stats().lastCommitError !== null).length,
  );
  gaugeOf(registers, 'rapport_mail_waiting', 'Mails that wait to be sent', () => mailing().state().waiting);
  gaugeOf(
    registers,
    'rapport_mail_failing',
    'Mails tried in vain that will be tried again',
    () => mailing().state().failing,
  );
  gaugeOf(registers, 'rapport_mail_dead', 'Mails given up in the last 30 days', () => mailing().state().dead);
  const expected = digest(`Bearer ${token}`);
  return {
    commitTook: (ms) => commits.observe(ms / 1000),
    async countRequests(c, next) {
      await next();
      requests.inc({ method: methods.has(c.req.method) ? c.req.method : 'other', status: String(c.res.status) });
    },
    async serve(c) {
      if (!timingSafeEqual(digest(c.req.header('authorization') ?? ''), expected))
        return c.text('This takes the header Authorization: Bearer METRICS_TOKEN.', 401);
      return c.body(await register.metrics(), 200, {
        'content-type': register.contentType,
        'cache-control': 'no-store',
      });
    },
    close: () => register.clear(),
  };
}

/** Anybody can send any word as a method, and each would be a series of its own. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS']);

function gaugeOf(registers: Registry[], name: string, help: string, read: () => number): void {
  const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(read()) });
}

const sum = (host: WorkspaceHost, key: 'documents' | 'connections' | 'pendingCommits'): number =>
  host.opened().reduce((total, { hub }) => total + hub.stats()[key], 0);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
