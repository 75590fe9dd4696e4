import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Nothing was written for this long, in any workspace: a pause of some tens of milliseconds disturbs nobody. */
const quietMs = 2000;

let lastWorkMs = Number.NEGATIVE_INFINITY;

/** Somebody's edit is being made durable: no pause now. Of the whole process, for so is the pause. */
export function noteWork(): void {
  lastWorkMs = performance.now();
}

type Collect = (options: { type: 'major'; flavor: 'last-resort' }) => void;

let collect: Collect | null = null;

function collector(): Collect {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as Collect;
  }
  return collect;
}

/**
 * Gives the memory of unloaded documents back to the operating system. V8 keeps what it once had until it needs it
 * again, which on a machine that others share is too long. Answers how to call it off.
 */
export function releaseMemorySoon(onRelease: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (ms: number): void => {
    timer = setTimeout(look, ms).unref();
  };
  const look = (): void => {
    const restMs = lastWorkMs + quietMs - performance.now();
    if (restMs > 0) return wait(restMs);
    onRelease();
    collector()({ type: 'major', flavor: 'last-resort' });
  };
  wait(quietMs);
  return () => clearTimeout(timer);
}
