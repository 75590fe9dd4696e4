import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** No document has been opened for this long: a pause of some ten milliseconds disturbs nobody. */
const quietMs = 2000;

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
  const timer = setTimeout(() => {
    onRelease();
    collector()({ type: 'major', flavor: 'last-resort' });
  }, quietMs);
  timer.unref();
  return () => clearTimeout(timer);
}
