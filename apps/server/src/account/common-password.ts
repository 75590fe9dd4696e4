import type { AccountRefusal } from './refusals.ts';

/** Read when the first password is chosen: a server that runs for months needs it for seconds. */
let common: Promise<ReadonlySet<string>> | null = null;

async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}

/**
 * Why a password may not be chosen although it is long enough: it is one of the commonest (about 18,000 of 8 characters
 * and more, in any mixture of capitals), or the person's own address or name. Null when it may. docs/security.md says why
 * so, and not longer passwords.
 */
export async function commonPassword(
  password: string,
  person: { readonly email?: string; readonly name?: string },
): Promise<AccountRefusal | null> {
  const plain = password.normalize('NFKC').trim().toLowerCase();
  const { email = '', name = '' } = person;
  const own = [email, email.split('@')[0] ?? '', name].map((text) => text.trim().toLowerCase());
  if (own.includes(plain))
    return { code: 'PASSWORD_TOO_COMMON', message: 'Choose a password other than your name or address' };
  common ??= readCommon();
  return (await common).has(plain)
    ? { code: 'PASSWORD_TOO_COMMON', message: 'This is one of the most common passwords. Choose another' }
    : null;
}
