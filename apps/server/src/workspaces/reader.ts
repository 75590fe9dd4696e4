import type { ReadJob } from '@rapport/domain/http/workspace-context.node';
import { hiddenKey } from '../access/hidden-key.ts';
import type { ReadThread } from './read-thread.ts';

/** A workspace's file, and a number that rises with each of its commits. */
export interface ReadSource {
  readonly path: string;
  readonly version: () => number;
}

export interface Reader {
  /**
   * Runs `job` off the main thread, on tables without the rows of `hidden` things. What was committed before the call is
   * seen. Rejects with `ReadsBusy` or the job's error.
   */
  read<Args, Outcome>(
    source: ReadSource,
    job: ReadJob<Args, Outcome>,
    args: Args,
    hidden?: ReadonlySet<string>,
  ): Promise<Outcome>;
  close(): Promise<void>;
}

/** Too many different reads wait already, or the server stops: ask again later. */
export class ReadsBusy extends Error {
  override readonly name = 'ReadsBusy';
}

/** Of one workspace. At 10 ms each the last of them waits a second. */
const mostWaiting = 100;
const mostKept = 100;
/** Reports say how old things are, so even without a change an outcome holds only so long. */
const freshMs = 5_000;

const nothing: ReadonlySet<string> = new Set();

interface Run extends PromiseWithResolvers<unknown> {
  readonly key: string;
  readonly source: ReadSource;
  readonly job: string;
  readonly args: unknown;
  readonly hidden: ReadonlySet<string>;
  /** The source's when it was begun; null while it waits. */
  version: number | null;
}

interface Kept {
  readonly version: number;
  readonly staleAt: number;
  readonly outcome: unknown;
}

/**
 * Queues reads for the thread. All who ask the same of the same state share one run, so that a team whose reports refetch
 * after one move costs one run each; while a run waits, those who ask after later commits still join it.
 */
export function makeReader({ thread, now }: { thread: ReadThread; now: () => number }): Reader {
  const underWay = new Map<string, Run>();
  const kept = new Map<string, Kept>();
  // By workspace, the one whose turn it is first: a busy team delays another by one read.
  const waiting = new Map<string, Run[]>();
  let isRunning = false;
  let isClosed = false;

  const takeNext = (): Run | undefined => {
    for (const [path, [run, ...others]] of waiting) {
      waiting.delete(path);
      if (others.length > 0) waiting.set(path, others);
      return run;
    }
    return undefined;
  };
  const keep = ({ key }: Run, version: number, outcome: unknown) => {
    kept.delete(key);
    kept.set(key, { version, staleAt: now() + freshMs, outcome });
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
  };
  const work = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    for (let run = takeNext(); run !== undefined; run = takeNext()) {
      const { key, source, job, args, hidden } = run;
      const version = source.version();
      run.version = version;
      try {
        const outcome = await thread.run({
          path: source.path,
          job,
          args,
          hidden: { key: hiddenKey(hidden), ids: hidden },
          now: now(),
        });
        keep(run, version, outcome);
        run.resolve(outcome);
      } catch (error) {
        run.reject(error);
      }
      if (underWay.get(key) === run) underWay.delete(key);
    }
    isRunning = false;
  };

  return {
    async read<Args, Outcome>(
      source: ReadSource,
      { name: job }: ReadJob<Args, Outcome>,
      args: Args,
      hidden: ReadonlySet<string> = nothing,
    ): Promise<Outcome> {
      const { path } = source;
      // Who may see the same share a run and its outcome; nobody is given somebody else's.
      const key = JSON.stringify([path, job, args, hiddenKey(hidden)]);
      const version = source.version();
      const last = kept.get(key);
      // The key names the job and what it was given, so the outcome is of its type.
      if (last !== undefined && last.version === version && now() < last.staleAt) return last.outcome as Outcome;
      const same = underWay.get(key);
      if (same !== undefined && (same.version === null || same.version === version))
        return same.promise as Promise<Outcome>;
      const queue = waiting.get(path) ?? [];
      if (isClosed || queue.length >= mostWaiting) throw new ReadsBusy('too many reads are waiting');
      const run: Run = { ...Promise.withResolvers<unknown>(), key, source, job, args, hidden, version: null };
      underWay.set(key, run);
      queue.push(run);
      waiting.set(path, queue);
      void work();
      return run.promise as Promise<Outcome>;
    },
    async close() {
      isClosed = true;
      for (const run of [...waiting.values()].flat()) run.reject(new ReadsBusy('the server stops'));
      waiting.clear();
      await thread.close();
    },
  };
}
