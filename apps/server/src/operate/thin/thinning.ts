import type { Logger } from 'pino';
import { workspaceFile, workspaceIds } from '../format.ts';
import { makeOneThread } from '../one-thread.ts';
import type { ThinningOrder } from './serve-thinning.ts';
import type { Thinned } from './thin-file.ts';

const dayMs = 86_400_000;
/** Of one workspace at a time; what is left waits for its next turn. */
const budgetMs = 20_000;
const firstAfterMs = 10 * 60_000;
const everyMs = dayMs;
const pauseMs = 60_000;

/** Folds old steps of all workspaces' logs, a little at a time, on a thread of its own. */
export interface Thinning {
  /** One round over all workspaces now; resolves when each has had its turn. */
  round(): Promise<Thinned>;
  /** Ends what is under way, for whoever needs a file alone. What was folded stays. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

/** `historyDays`: how long every single step is kept; 0 for ever. */
export function makeThinning(deps: {
  entry: URL;
  dataDir: string;
  historyDays: number;
  now: () => number;
  log: Logger;
}): Thinning {
  const { entry, dataDir, historyDays, now, log } = deps;
  const thread = makeOneThread<ThinningOrder, Thinned>(entry, 'thinning');
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  const round = async (): Promise<Thinned> => {
    let all: Thinned = { documents: 0, steps: 0, isDone: true };
    if (historyDays === 0 || thread.isBusy) return all;
    // Whole days: a day is folded once.
    const before = Math.floor(now() / dayMs - historyDays) * dayMs;
    for (const id of workspaceIds(dataDir)) {
      if (isClosed) break;
      const path = workspaceFile(dataDir, id);
      try {
        const { documents, steps, isDone } = await thread.make({ path, before, budgetMs });
        all = { documents: all.documents + documents, steps: all.steps + steps, isDone: all.isDone && isDone };
        if (steps > 0) log.info({ workspace: id, documents, steps }, 'old steps of the log were folded into days');
      } catch (error) {
        if (!isClosed) log.warn({ workspace: id, error }, 'a log was not thinned; the next round tries again');
      }
    }
    return all;
  };
  const wait = (ms: number) => {
    timer = setTimeout(() => {
      void round().then(({ isDone }) => {
        if (!isClosed) wait(isDone ? everyMs : pauseMs);
      });
    }, ms);
    timer.unref();
  };
  if (historyDays > 0) wait(firstAfterMs);

  return {
    round,
    pause: () => thread.close(),
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await thread.close();
    },
  };
}
