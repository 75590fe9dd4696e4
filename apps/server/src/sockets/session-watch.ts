import type { Services } from '../services.ts';
import { endSession } from './access-changes.ts';

const roundMs = 60_000;

/** A session that expires while its connections are open ends them, too. Answers how to stop watching. */
export function watchSessions({ sockets, sessions, log }: Pick<Services, 'sockets' | 'sessions' | 'log'>): () => void {
  const round = async () => {
    const cookieBySession = new Map<string, string>();
    for (const { caller, cookie } of sockets.all())
      if (caller.kind === 'session' && cookie !== null) cookieBySession.set(caller.sessionId, cookie);
    for (const [sessionId, cookie] of cookieBySession)
      if ((await sessions.find(cookie)) === null) endSession({ sockets }, sessionId);
  };
  const timer = setInterval(() => {
    round().catch((error: unknown) => log.error({ error }, 'checking sessions failed'));
  }, roundMs);
  timer.unref();
  return () => clearInterval(timer);
}
