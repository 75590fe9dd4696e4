import type { Services } from '../services.ts';

const everyMs = 60_000;

/** Writes down each minute, and at the end, which sessions were seen. Answers how to stop. */
export function writeSeen({ sessionList, log }: Pick<Services, 'sessionList' | 'log'>): () => void {
  const write = () => {
    try {
      sessionList.flush();
    } catch (error) {
      // What was seen stays in memory and is tried again.
      log.warn({ error }, 'when sessions were last seen could not be written');
    }
  };
  const timer = setInterval(write, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    write();
  };
}
