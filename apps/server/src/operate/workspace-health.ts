import type { WorkspaceContext } from '@rapport/domain/http/workspace-context.node';
import * as v from 'valibot';
import type { Services } from '../services.ts';
import { workspaceFile } from './format.ts';
import { lastBackup } from './last-backup.ts';
import { bytesOf } from './sizes.ts';
import { readSizes, type CountedSizes } from './sizes-job.ts';

const count = v.number();
const milliseconds = v.nullable(v.number());

export const healthReply = v.object({
  /** Epoch ms. */
  at: v.number(),
  version: v.string(),
  startedAt: v.number(),
  /** Of the whole process, resident. */
  memoryBytes: v.number(),
  documents: v.pipe(count, v.description('Documents in memory')),
  sockets: v.pipe(count, v.description('Connections to documents')),
  damaged: v.pipe(
    v.array(v.string()),
    v.description('Documents that could not be read whole and are for reading only'),
  ),
  commits: v.object({ count, p50Ms: milliseconds, p99Ms: milliseconds, slowestMs: milliseconds, waiting: count }),
  lastCommitError: v.nullable(v.string()),
  sizes: v.object({
    fileBytes: count,
    walBytes: count,
    documents: count,
    logRows: count,
    logBytes: count,
    snapshotBytes: count,
  }),
  mail: v.object({
    isOn: v.pipe(v.boolean(), v.description('Whether this server sends e-mail (SMTP_URL)')),
    waiting: count,
    failing: v.pipe(count, v.description('Of those waiting, tried in vain')),
    dead: v.pipe(count, v.description('Given up in the last 30 days')),
    lastProblem: v.nullable(v.string()),
  }),
  lastBackup: v.nullable(v.object({ at: v.number(), bytes: count, madeBy: v.nullable(v.string()) })),
  dataQuality: v.pipe(count, v.description('Odd values; GET /data-quality lists them')),
});
export type WorkspaceHealth = v.InferOutput<typeof healthReply>;

const startedAt = Date.now() - Math.round(performance.now());
/** Counting goes through the log; asked for every few seconds, the last answer will do. */
const sizesFreshMs = 30_000;
const kept = new Map<string, { at: number; sizes: Promise<CountedSizes> }>();

/** How an open workspace is doing. No names and no customers' text. */
export async function workspaceHealth(
  services: Services,
  { id, query, read }: Pick<WorkspaceContext, 'id' | 'query' | 'read'>,
): Promise<WorkspaceHealth> {
  const { host, config, control, commitTimes, version, now } = services;
  const workspace = host.peek(id);
  if (workspace === undefined) throw new Error(`workspace ${id} is not open`);
  const path = workspaceFile(config.dataDir, id);
  let counted = kept.get(path);
  if (counted === undefined || now() - counted.at >= sizesFreshMs) {
    counted = { at: now(), sizes: read(readSizes, null) };
    // A count that failed is made again by the next who asks.
    counted.sizes.catch(() => kept.delete(path));
    kept.set(path, counted);
  }
  const sizes = await counted.sizes;
  const { documents, connections, damaged, pendingCommits, lastCommitError } = workspace.hub.stats();
  return {
    at: now(),
    version,
    startedAt,
    memoryBytes: process.memoryUsage.rss(),
    documents,
    sockets: connections,
    damaged: [...damaged],
    commits: { ...commitTimes.of(path), waiting: pendingCommits },
    lastCommitError,
    sizes: { fileBytes: bytesOf(path), walBytes: bytesOf(`${path}-wal`), ...sizes },
    mail: { isOn: services.mailing.isOn, ...workspace.mail.state() },
    lastBackup: lastBackup(control.handle, id),
    dataQuality: query.get<{ n: number }>('SELECT count(*) AS n FROM data_quality')?.n ?? 0,
  };
}
