import { ApiFailure, request } from '../api/request.ts';

export interface SignUp {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The shortest password that the server takes. */
export const shortestPassword = 8;

/** What is wrong with a form, by field; `form` for what belongs to none. */
export type FormErrors = Readonly<
  Partial<Record<'name' | 'email' | 'password' | 'code' | 'workspace' | 'form', string>>
>;

export async function signUp({ name, email, password }: SignUp): Promise<void> {
  await request('POST', '/api/auth/sign-up/email', { name, email, password });
}

/** Signs in, or answers that a code is needed as well: `verifyCode` is the next step then. */
export async function signIn({
  email,
  password,
}: Pick<SignUp, 'email' | 'password'>): Promise<'signed-in' | 'code-needed'> {
  const answer = await request<{ twoFactorRedirect?: boolean }>('POST', '/api/auth/sign-in/email', { email, password });
  return answer.twoFactorRedirect === true ? 'code-needed' : 'signed-in';
}

/** The second step of a sign-in. A trusted device needs no code for 30 days. */
export async function verifyCode(step: {
  readonly kind: 'totp' | 'recovery';
  readonly code: string;
  readonly trustDevice: boolean;
}): Promise<void> {
  const path = step.kind === 'totp' ? 'verify-totp' : 'verify-backup-code';
  const code = step.code.replaceAll(/\s/g, '');
  await request('POST', `/api/auth/two-factor/${path}`, { code, trustDevice: step.trustDevice });
}

export async function endSession(): Promise<void> {
  await request('POST', '/api/auth/sign-out', {});
}

const isEmail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text.trim());

/** What can be said before the server is asked. */
export function checkForm(form: Partial<SignUp> & { workspace?: string }): FormErrors {
  const errors: { -readonly [K in keyof FormErrors]: string } = {};
  if (form.workspace !== undefined && form.workspace.trim() === '') errors.workspace = 'Name it after your company.';
  if (form.name !== undefined && form.name.trim() === '') errors.name = 'Type your name, as colleagues know you.';
  if (form.email !== undefined && !isEmail(form.email))
    errors.email = 'Type an e-mail address, such as ana@company.com.';
  if (form.password !== undefined && form.password.length < shortestPassword)
    errors.password = `Use ${shortestPassword} characters or more.`;
  return errors;
}

/** Puts the server's answer beside the field that it is about. */
export function explain(error: unknown): FormErrors {
  if (!(error instanceof ApiFailure)) return { form: error instanceof Error ? error.message : String(error) };
  if (error.code.startsWith('USER_ALREADY_EXISTS')) return { email: 'This address has an account. Sign in instead.' };
  if (error.code === 'INVALID_EMAIL_OR_PASSWORD') return { form: 'E-mail or password is wrong.' };
  if (error.code === 'INVALID_CODE') return { code: 'This code is wrong or was used. Type the one that shows now.' };
  if (error.code === 'INVALID_BACKUP_CODE') return { code: 'This is not one of your recovery codes, or it was used.' };
  if (error.code === 'ACCOUNT_TEMPORARILY_LOCKED')
    return { form: 'Too many wrong codes. Wait 15 minutes, then try again.' };
  if (error.code === 'INVALID_TWO_FACTOR_COOKIE' || error.code === 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE')
    return { form: 'This sign-in took too long or too many tries. Start again with your password.' };
  if (error.code === 'INVALID_EMAIL') return { email: 'Type an e-mail address, such as ana@company.com.' };
  if (error.code.startsWith('PASSWORD_TOO')) return { password: `${error.message}.` };
  if (error.status === 429) return { form: 'Too many tries. Wait a minute, then try again.' };
  return { form: error.message };
}
