import { err, ok, type Result } from '@rapport/doc/result';

/** How this server sends e-mail. The address may hold a password and is never written to a log. */
export interface MailSettings {
  /** SMTP_URL, e.g. `smtps://user:password@mail.example:465`. */
  readonly url: string;
  /** MAIL_FROM, e.g. `Rapport <crm@example.com>`. */
  readonly from: { readonly name: string; readonly address: string };
}

/** Reads SMTP_URL and MAIL_FROM; null when neither is set. The error names the variable and never its value. */
export function readMailSettings(
  env: Readonly<Record<string, string | undefined>>,
): Result<MailSettings | null, string> {
  const [url, from] = [env['SMTP_URL'] ?? '', env['MAIL_FROM'] ?? ''];
  if (url === '' && from === '') return ok(null);
  if (url === '') return err('SMTP_URL must be set where MAIL_FROM is');
  if (from === '') return err('MAIL_FROM must be set where SMTP_URL is');
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['smtp:', 'smtps:'].includes(parsed.protocol) || parsed.hostname === '')
    return err('SMTP_URL must be an address such as smtps://user:password@mail.example:465');
  const sender = readSender(from);
  return sender === null
    ? err('MAIL_FROM must be an address such as crm@example.com or Rapport <crm@example.com>')
    : ok({ url, from: sender });
}

/** One mailbox: an address that can be written to a header as it is, or null. */
export function readSender(text: string): MailSettings['from'] | null {
  const match = /^(?:([^<>\p{Cc}"]*)<([^<>]+)>|([^<>]+))$/u.exec(text.trim());
  const [name, address] = [(match?.[1] ?? '').trim(), (match?.[2] ?? match?.[3] ?? '').trim()];
  return isMailbox(address) ? { name, address } : null;
}

/** An address with nothing in it that could end a header, begin another address or be a comment. */
export const isMailbox = (address: string): boolean =>
  address.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]+@[\p{L}\d][\p{L}\d.-]*$/u.test(address);
