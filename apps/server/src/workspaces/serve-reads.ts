import { statSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadJob } from '@rapport/domain/http/workspace-context.node';
import { openQuery, type OpenQuery } from './query.ts';
import type { RowOwners } from '@rapport/domain/access/row-owners';
import type { ReadReply, ReadRequest, ReadThreadData } from './read-message.ts';
import { openRestrictedQuery, type RestrictedQuery } from './restricted-query.ts';

/** Files kept open; more workspaces than these take turns. */
const mostFiles = 4;
const cacheKib = 8_000;

/** The whole of the read thread: runs the jobs that it is asked for, one after another, each on one state of the file. */
export function serveReads(jobs: readonly ReadJob<never, unknown>[]): void {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  if (byName.size < jobs.length) throw new Error('two read jobs have the same name');
  const { rowOwners } = workerData as ReadThreadData;
  const files = new Map<string, OneFile>();

  const open = (path: string): OneFile => {
    const { ino } = statSync(path);
    const known = files.get(path);
    // A restored backup stands where another file stood: what is open is still that one.
    if (known !== undefined && known.ino !== ino) known.close();
    const file = known?.ino === ino ? known : openFile(path, ino, rowOwners);
    // Put last, so that the first is the one that was not asked for the longest.
    files.delete(path);
    files.set(path, file);
    for (const [oldest, { close }] of files) {
      if (files.size <= mostFiles) break;
      files.delete(oldest);
      close();
    }
    return file;
  };
  const run = ({ path, job: name, args, hidden, now }: ReadRequest): ReadReply => {
    try {
      const job = byName.get(name);
      if (job === undefined) throw new Error(`no such read job: ${name}`);
      const { query, snapshot } = open(path).seenWithout(hidden);
      return { ok: true, outcome: snapshot(() => job.run(query, args as never, now)) };
    } catch (error) {
      return failed(error);
    }
  };
  const port = parentPort;
  if (port === null) throw new Error('reads are served by a worker thread only');
  port.on('message', (request: ReadRequest) => {
    const reply = run(request);
    try {
      port.postMessage(reply);
    } catch (error) {
      // The outcome was not plain data.
      port.postMessage(failed(error));
    }
  });
}

interface OneFile {
  /** Its number on the disk. */
  readonly ino: number;
  /** The file as somebody sees it from whom these things are hidden. */
  seenWithout(hidden: ReadRequest['hidden']): OpenQuery;
  close(): void;
}

function openFile(path: string, ino: number, rowOwners: RowOwners): OneFile {
  const whole = openQuery(path, { cacheKib });
  let restricted: RestrictedQuery | null = null;
  return {
    ino,
    seenWithout(hidden) {
      if (hidden.ids.size === 0) return whole;
      restricted ??= openRestrictedQuery(path, { rowOwners, cacheKib });
      restricted.hide(hidden.key, hidden.ids);
      return restricted;
    },
    close() {
      whole.close();
      restricted?.close();
    },
  };
}

function failed(thrown: unknown): ReadReply {
  const { name, message, stack = '' } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { ok: false, error: { name, message, stack } };
}
