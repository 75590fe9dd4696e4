import type { Logger } from 'pino';
import type { MailQueue } from './mail-queue.ts';
import type { MailTransport } from './transport.ts';

export interface MailSender {
  /** There may be something to send now. */
  wake(): void;
  close(): void;
}

/** Never sleeps longer: clocks are set back, machines are suspended. */
const longestSleepMs = 60_000;

/** Sends what waits in one workspace, one after another, until closed. Without a transport it waits for a restart. */
export function startMailSender(options: {
  workspaceId: string;
  queue: MailQueue;
  transport: MailTransport | null;
  now: () => number;
  log: Pick<Logger, 'warn' | 'error'>;
}): MailSender {
  const { workspaceId, queue, transport, now, log } = options;
  let timer: NodeJS.Timeout | undefined;
  let isSending = false;
  let isClosed = false;
  const sleep = (): void => {
    clearTimeout(timer);
    if (isClosed || transport === null) return;
    const turn = queue.nextTurn();
    if (turn === null) return;
    timer = setTimeout(send, Math.min(longestSleepMs, Math.max(0, turn - now())));
    timer.unref();
  };
  const send = (): void => {
    if (isSending || isClosed || transport === null) return;
    isSending = true;
    sendAll(transport)
      .catch((error: unknown) => log.error({ workspace: workspaceId, error }, 'mails could not be sent'))
      .finally(() => {
        isSending = false;
        sleep();
      });
  };
  const sendAll = async (by: MailTransport): Promise<void> => {
    queue.purge(now());
    for (;;) {
      const mail = isClosed ? null : queue.take(now());
      if (mail === null) return;
      const sent = await by.send(mail);
      // A file that was closed meanwhile cannot be told; the lease ends by itself and the mail is sent again.
      if (!queue.isOpen()) return;
      if (sent.ok) queue.sent(mail.id);
      else {
        const isDead = queue.failed(mail, sent.error.why, sent.error.isFinal, now());
        log.warn(
          { workspace: workspaceId, mail: mail.id, attempts: mail.attempts + 1, isDead, why: sent.error.why },
          isDead ? 'a mail was given up' : 'a mail could not be sent yet',
        );
      }
    }
  };
  sleep();
  return {
    wake: send,
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
