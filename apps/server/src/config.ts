import { resolve } from 'node:path';
import { err, ok, type Result } from '@rapport/doc/result';
import { limitsFromEnv } from '@rapport/sync/server/limits';
import type { Limits } from '@rapport/sync/server/ports';
import { readMailSettings, type MailSettings } from './mail/mail-settings.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Everything that an administrator may set. `publicUrl` is null where it follows from the port that is bound. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Origin without a trailing slash, e.g. `https://crm.example`. */
  readonly publicUrl: string | null;
  readonly logLevel: LogLevel;
  /** TRUST_PROXY=1: the caller's address is the last entry of X-Forwarded-For. */
  readonly trustProxy: boolean;
  /**
   * REFUSE_COMMON_PASSWORDS: whether a new password may be one that everybody tries first. It may not wherever others
   * can reach the server: 0 only where HOST and PUBLIC_URL are this machine's own.
   */
  readonly refuseCommonPasswords: boolean;
  /** METRICS_TOKEN: with it, `/metrics` answers to `Authorization: Bearer <it>`; null: there are no metrics. */
  readonly metricsToken: string | null;
  /** HISTORY_DAYS (90): how long every single step of the log is kept; 0 for ever. */
  readonly historyDays: number;
  /** SMTP_URL and MAIL_FROM: how e-mail is sent; null: not at all. */
  readonly mail: MailSettings | null;
  readonly demo: boolean;
  readonly limits: HttpLimits;
  readonly syncLimits: Limits;
}

export interface HttpLimits {
  /** LIMIT_BODY_BYTES (1 MiB): a JSON body. */
  readonly bodyBytes: number;
  /** LIMIT_UPLOAD_BYTES (64 MiB): a multipart body, e.g. an import. */
  readonly uploadBytes: number;
  /** LIMIT_FILE_BYTES (1 GiB): one file. */
  readonly fileBytes: number;
  /** LIMIT_STORAGE_BYTES (20 GiB): what the files of one workspace may take together. */
  readonly storageBytes: number;
  /** LIMIT_REQUESTS_PER_SECOND (100) sustained and LIMIT_REQUEST_BURST (1000), per key or signed-in user. */
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
  /** LIMIT_SIGN_IN_PER_MINUTE (300): sign-ins and sign-ups from one address; an office shares one. */
  readonly signInPerMinute: number;
  /** LIMIT_SIGN_IN_FAILURES (10): failed sign-ins for one e-mail in a minute. */
  readonly signInFailures: number;
  /** LIMIT_FORM_BYTES (128 KiB): what one public form may send. */
  readonly formBytes: number;
  /** LIMIT_FORM_PER_ADDRESS (20): submissions of public forms from one address in a minute. */
  readonly formPerAddress: number;
  /** LIMIT_FORM_PER_FORM (300): submissions of one public form in a minute. */
  readonly formPerForm: number;
}

const logLevels: readonly LogLevel[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

type Env = Readonly<Record<string, string | undefined>>;

const isOwnMachine = (host: string): boolean => ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host);

/** Reads the settings. The error is one line that names the variable and what it takes. */
export function readConfig(env: Env, args: readonly string[]): Result<Config, string> {
  const unknown = args.find((arg) => arg !== '--demo' && arg !== '--');
  if (unknown !== undefined) return err(`unknown argument '${unknown}'; the only one is --demo`);
  const problems: string[] = [];
  const integer = (name: string, fallback: number, least: number, most: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    problems.push(`${name} must be a whole number from ${least} to ${most}, not '${text}'`);
    return fallback;
  };
  const limit = (name: string, fallback: number) => integer(name, fallback, 1, 2 ** 40);

  const logLevel = logLevels.find((level) => level === (env['LOG_LEVEL'] || 'info'));
  if (logLevel === undefined)
    problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not '${env['LOG_LEVEL']}'`);
  const host = env['HOST'] || '127.0.0.1';
  if (/[\s/]/.test(host)) problems.push(`HOST must be an address or a host name, not '${host}'`);
  const flag = (name: string, fallback: boolean): boolean => {
    const text = env[name] ?? '';
    if (!['', '0', '1'].includes(text)) problems.push(`${name} must be 0 or 1, not '${text}'`);
    return text === '' ? fallback : text === '1';
  };
  const metricsToken = env['METRICS_TOKEN'] || null;
  // The value itself is a secret and must not get into a log.
  if (metricsToken !== null && !/^[\x21-\x7e]{16,}$/.test(metricsToken))
    problems.push('METRICS_TOKEN must have at least 16 characters, none of them a space');
  const publicUrl = readOrigin(env['PUBLIC_URL']);
  if (!publicUrl.ok) problems.push(publicUrl.error);

  const mail = readMailSettings(env);
  if (!mail.ok) problems.push(mail.error);

  const syncLimits = readSyncLimits(env);
  if (!syncLimits.ok) return syncLimits;

  const config: Config = {
    port: integer('PORT', 4321, 0, 65_535),
    host,
    dataDir: resolve(env['DATA_DIR'] || './data'),
    publicUrl: publicUrl.ok ? publicUrl.value : null,
    logLevel: logLevel ?? 'info',
    trustProxy: flag('TRUST_PROXY', false),
    refuseCommonPasswords: flag(
      'REFUSE_COMMON_PASSWORDS',
      !isOwnMachine(host) ||
        (publicUrl.ok && publicUrl.value !== null && !isOwnMachine(new URL(publicUrl.value).hostname)),
    ),
    metricsToken,
    historyDays: integer('HISTORY_DAYS', 90, 0, 36_500),
    mail: mail.ok ? mail.value : null,
    demo: args.includes('--demo'),
    limits: {
      bodyBytes: limit('LIMIT_BODY_BYTES', 2 ** 20),
      uploadBytes: limit('LIMIT_UPLOAD_BYTES', 64 * 2 ** 20),
      fileBytes: limit('LIMIT_FILE_BYTES', 2 ** 30),
      storageBytes: limit('LIMIT_STORAGE_BYTES', 20 * 2 ** 30),
      requestsPerSecond: limit('LIMIT_REQUESTS_PER_SECOND', 100),
      requestBurst: limit('LIMIT_REQUEST_BURST', 1000),
      signInPerMinute: limit('LIMIT_SIGN_IN_PER_MINUTE', 300),
      signInFailures: limit('LIMIT_SIGN_IN_FAILURES', 10),
      formBytes: limit('LIMIT_FORM_BYTES', 128 * 2 ** 10),
      formPerAddress: limit('LIMIT_FORM_PER_ADDRESS', 20),
      formPerForm: limit('LIMIT_FORM_PER_FORM', 300),
    },
    syncLimits: syncLimits.value,
  };
  const [first] = problems;
  return first === undefined ? ok(config) : err(first);
}

function readSyncLimits(env: Env): Result<Limits, string> {
  try {
    return ok(limitsFromEnv(env));
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}

function readOrigin(text: string | undefined): Result<string | null, string> {
  if (text === undefined || text === '') return ok(null);
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOrigin =
    url !== null && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/' && url.search === '';
  return isOrigin ? ok(url.origin) : err(`PUBLIC_URL must be an address such as https://crm.example, not '${text}'`);
}
