import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A page that was open for longer is asked to be sent once more. */
const validMs = 24 * 3_600_000;
/** Nobody reads a question and answers it faster. */
const leastMs = 1500;
const testValidMs = 30 * 60_000;

export type TokenState = 'good' | 'too-fast' | 'too-old';

/**
 * Tokens that a form's page carries: when it was made and for which form, signed, so that it works without a cookie and
 * without a script. The random part tells two pages apart, and a second press of the button from a second message.
 */
export function makePageTokens(secret: string, now: () => number) {
  const sign = (what: string, form: string, body: string): string =>
    createHmac('sha256', secret).update(`form page\n${what}\n${form}\n${body}`).digest('base64url').slice(0, 32);
  const make = (what: string, form: string): string => {
    const body = `${now().toString(36)}.${randomBytes(9).toString('base64url')}`;
    return `${body}.${sign(what, form, body)}`;
  };
  /** When it was made, or null where it is not ours. */
  const read = (what: string, form: string, token: string): number | null => {
    const [at = '', random = '', mac = '', ...more] = token.slice(0, 200).split('.');
    const [given, right] = [Buffer.from(mac), Buffer.from(sign(what, form, `${at}.${random}`))];
    if (more.length > 0 || given.length !== right.length || !timingSafeEqual(given, right)) return null;
    const made = Number.parseInt(at, 36);
    return Number.isSafeInteger(made) ? made : null;
  };
  return {
    page: (form: string): string => make('page', form),
    stateOf(form: string, token: string): TokenState {
      const made = read('page', form, token);
      if (made === null || now() - made > validMs) return 'too-old';
      return now() - made < leastMs ? 'too-fast' : 'good';
    },
    /** Whether we made it for a page of this form, however long ago. */
    isPage: (form: string, token: string): boolean => read('page', form, token) !== null,
    /** When the page was made, epoch ms; of a token that is not ours, now. */
    madeAt: (form: string, token: string): number => read('page', form, token) ?? now(),
    /** Lets whoever has it try the form for half an hour, also while it is switched off. */
    test: (form: string): string => make('test', form),
    isTest(form: string, token: string): boolean {
      const made = read('test', form, token);
      return made !== null && now() - made <= testValidMs;
    },
    /** For comparing what must not be kept as it is. */
    fingerprint: (...parts: readonly string[]): string =>
      createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url'),
  };
}

export type PageTokens = ReturnType<typeof makePageTokens>;
