import type { Logger } from 'pino';
import type { MailQueue, MailState } from './mail-queue.ts';
import { startMailSender, type MailSender } from './mail-sender.ts';
import type { MailTransport } from './transport.ts';

/** The sending of mail for all workspaces that are open. */
export interface Mailing {
  /** Whether this server can send mail at all. */
  readonly isOn: boolean;
  /** Sends what waits in a workspace until the answer is called. */
  attend(workspaceId: string, queue: MailQueue): () => void;
  /** Something was written for this workspace's queue. */
  wake(workspaceId: string): void;
  /** Of all open workspaces together. */
  state(): Omit<MailState, 'lastProblem'>;
  close(): void;
}

export function makeMailing(options: {
  transport: MailTransport | null;
  now: () => number;
  log: Pick<Logger, 'warn' | 'error'>;
}): Mailing {
  const { transport, now, log } = options;
  const open = new Map<string, { readonly sender: MailSender; readonly queue: MailQueue }>();
  return {
    isOn: transport !== null,
    attend(workspaceId, queue) {
      const sender = startMailSender({ workspaceId, queue, transport, now, log });
      open.set(workspaceId, { sender, queue });
      return () => {
        open.delete(workspaceId);
        sender.close();
      };
    },
    wake: (workspaceId) => open.get(workspaceId)?.sender.wake(),
    state() {
      const all = { waiting: 0, failing: 0, dead: 0 };
      for (const { queue } of open.values()) {
        const { waiting, failing, dead } = queue.state();
        all.waiting += waiting;
        all.failing += failing;
        all.dead += dead;
      }
      return all;
    },
    close: () => transport?.close(),
  };
}
