import type { AttendedWorkspace, NounDeps, ReadJob } from '../http/workspace-context.node.ts';
import type { Pair } from './comparable.ts';
import type { ComparedNoun } from './prepare.ts';
import type { AllAsked } from './read-jobs.node.ts';

/** What the last run found in one workspace. */
export interface Suggestions {
  /** When it was made, epoch ms; null before the first run. */
  readonly madeAt: number | null;
  readonly isLooking: boolean;
  readonly pairs: readonly Pair[];
}

export interface Suggester {
  of(noun: ComparedNoun): Suggestions;
  /** Looks anew, unless a run is under way. Resolves when it is done. */
  look(noun: ComparedNoun): Promise<void>;
  /** Looks at all nouns when an import has been over for a while. */
  lookSoon(): void;
  close(): void;
}

/** Below this nobody wants to see a pair, whatever an admin says. */
export const lowestThreshold = 0.2;
const lookEveryMs = 24 * 3_600_000;
/** After the last step of an import; it is then that people look for what it brought twice. */
const afterImportMs = 20_000;
/** Not while everybody opens the app after a restart. */
const firstAfterMs = 10 * 60_000;

/** Finds duplicates every night, and when somebody asks. Kept in memory: it is made anew in a minute. */
export function makeSuggester(
  workspace: AttendedWorkspace,
  nouns: readonly ComparedNoun[],
  findAll: ReadJob<AllAsked, readonly Pair[]>,
  { now, warn }: Pick<NounDeps, 'now' | 'warn'>,
): Suggester {
  const found = new Map<ComparedNoun, Suggestions>();
  const running = new Map<ComparedNoun, Promise<void>>();
  const none: Suggestions = { madeAt: null, isLooking: false, pairs: [] };
  let isClosed = false;

  const run = async (noun: ComparedNoun): Promise<void> => {
    const madeAt = now();
    try {
      const pairs = await workspace.readSlowly(findAll, { noun, country: null, threshold: lowestThreshold });
      found.set(noun, { madeAt, isLooking: false, pairs });
    } catch (error) {
      if (!isClosed) warn({ error, workspace: workspace.id, noun }, 'duplicates could not be looked for');
    } finally {
      running.delete(noun);
    }
  };
  const look = (noun: ComparedNoun): Promise<void> => {
    const underWay = running.get(noun);
    if (underWay !== undefined) return underWay;
    const started = run(noun);
    running.set(noun, started);
    return started;
  };
  const lookAtAll = async (): Promise<void> => {
    for (const noun of nouns) if (!isClosed) await look(noun);
  };
  let soon: NodeJS.Timeout | undefined;
  const first = setTimeout(() => void lookAtAll(), firstAfterMs);
  const nightly = setInterval(() => void lookAtAll(), lookEveryMs);
  first.unref();
  nightly.unref();
  return {
    of: (noun) => ({ ...(found.get(noun) ?? none), isLooking: running.has(noun) }),
    look,
    lookSoon() {
      clearTimeout(soon);
      soon = setTimeout(() => void lookAtAll(), afterImportMs);
      soon.unref();
    },
    close() {
      isClosed = true;
      clearTimeout(soon);
      clearTimeout(first);
      clearInterval(nightly);
    },
  };
}
