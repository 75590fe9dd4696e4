import { ApiFailure, request } from '../api/request.ts';

export interface SignUp {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** The shortest password that the server takes. */
export const shortestPassword = 8;

/** What is wrong with a form, by field; `form` for what belongs to none. */
export type FormErrors = Readonly<Partial<Record<'name' | 'email' | 'password' | 'workspace' | 'form', string>>>;

export async function signUp({ name, email, password }: SignUp): Promise<void> {
  await request('POST', '/api/auth/sign-up/email', { name, email, password });
}

export async function signIn({ email, password }: Pick<SignUp, 'email' | 'password'>): Promise<void> {
  await request('POST', '/api/auth/sign-in/email', { email, password });
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
  if (error.code === 'INVALID_EMAIL') return { email: 'Type an e-mail address, such as ana@company.com.' };
  if (error.code.startsWith('PASSWORD_TOO')) return { password: `${error.message}.` };
  if (error.status === 429) return { form: 'Too many tries. Wait a minute, then try again.' };
  return { form: error.message };
}
