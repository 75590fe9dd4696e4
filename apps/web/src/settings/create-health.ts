import { createSignal, onCleanup } from 'solid-js';
import { sentenceOf } from '../api/request.ts';

/** What `GET /w/:ws/health` answers; see the API's documentation. */
export interface Health {
  readonly version: string;
  readonly startedAt: number;
  readonly memoryBytes: number;
  readonly documents: number;
  readonly sockets: number;
  readonly damaged: readonly string[];
  readonly commits: {
    readonly count: number;
    readonly p50Ms: number | null;
    readonly p99Ms: number | null;
    readonly waiting: number;
  };
  readonly lastCommitError: string | null;
  readonly mail: {
    readonly isOn: boolean;
    readonly waiting: number;
    readonly failing: number;
    readonly dead: number;
    readonly lastProblem: string | null;
  };
  readonly sizes: {
    readonly fileBytes: number;
    readonly walBytes: number;
    readonly documents: number;
    readonly logRows: number;
    readonly logBytes: number;
    readonly snapshotBytes: number;
  };
  readonly lastBackup: { readonly at: number; readonly bytes: number; readonly madeBy: string | null } | null;
  readonly dataQuality: number;
}

const everyMs = 3000;

/** Health as it is now, asked for again every three seconds while somebody looks at it. */
export function createHealth(ask: () => Promise<Health>) {
  const [health, setHealth] = createSignal<Health>();
  const [problem, setProblem] = createSignal<string>();
  let isAsking = false;
  const refresh = async () => {
    if (isAsking || document.visibilityState === 'hidden') return;
    isAsking = true;
    try {
      setHealth(await ask());
      setProblem(undefined);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => void refresh(), everyMs);
  onCleanup(() => clearInterval(timer));
  void refresh();
  return { health, problem, refresh };
}
