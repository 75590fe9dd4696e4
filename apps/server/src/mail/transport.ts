import { err, ok, type Result } from '@rapport/doc/result';
import type { Mail } from './mail-queue.ts';
import { isMailbox, type MailSettings } from './mail-settings.ts';

export interface MailFailure {
  /** The mail server's word, without an address. */
  readonly why: string;
  /** Trying again cannot help: this very mail was refused. */
  readonly isFinal: boolean;
}

/** Sends one mail; an error is a value. */
export interface MailTransport {
  send(mail: Mail): Promise<Result<null, MailFailure>>;
  close(): void;
}

/** Nobody waits for a mail server that has stopped talking. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** Sends by SMTP. The library is loaded with the first mail: most servers have none to send. */
export function makeTransport({ url, from }: MailSettings): MailTransport {
  const making = async () => {
    const { createTransport } = await import('nodemailer');
    // A mail is what we hand over: never a file of this machine or an address that it fetches.
    return createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  };
  let made: ReturnType<typeof making> | undefined;
  return {
    async send({ id, recipient, subject, text }) {
      if (!isMailbox(recipient)) return err({ why: 'This is not an address that mail can be sent to.', isFinal: true });
      try {
        const transport = await (made ??= making());
        await transport.sendMail({
          from,
          // As a mailbox and not as text: what is typed by a stranger must not be read as several addresses.
          to: { name: '', address: recipient },
          subject: subject.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200),
          text,
          messageId: `<${id}@${from.address.split('@')[1] ?? 'localhost'}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
        return ok(null);
      } catch (error) {
        return err(failureOf(error, recipient));
      }
    },
    close: () => void made?.then((transport) => transport.close()).catch(() => undefined),
  };
}

function failureOf(error: unknown, recipient: string): MailFailure {
  if (!(error instanceof Error)) return { why: String(error), isFinal: false };
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  // Refusals of this recipient or this text. A refused sign-in is the administrator's to mend, and the mail waits.
  const isAboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isFinal = isAboutMail && typeof responseCode === 'number' && responseCode >= 500;
  return { why: error.message.replaceAll(recipient, '…').slice(0, 300), isFinal };
}
