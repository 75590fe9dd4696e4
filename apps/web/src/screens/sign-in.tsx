import { Button } from '@rapport/ui/button';
import { A, useNavigate, useSearchParams } from '@solidjs/router';
import { Show, createEffect, createSignal } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { checkForm, signIn } from '../account/auth.ts';
import { CodeForm } from './code-form.tsx';
import { createForm } from './create-form.ts';
import { EmailField } from './email-field.tsx';
import { Entrance } from './entrance.tsx';
import { FormProblem } from './form-problem.tsx';
import { PasswordField } from './password-field.tsx';
import { safeNext } from './safe-next.ts';

export default function SignIn() {
  const { state, refresh } = useAccount();
  const navigate = useNavigate();
  const [search] = useSearchParams<{ next?: string; code?: string }>();
  // With `?code` the password was given elsewhere, and only the second step is left.
  const [isCodeNeeded, setCodeNeeded] = createSignal(search.code !== undefined);
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const form = createForm(
    () => checkForm({ email: email() }),
    async () => {
      const outcome = await signIn({ email: email().trim(), password: password() });
      setPassword('');
      if (outcome === 'code-needed') setCodeNeeded(true);
      else await refresh();
    },
  );
  createEffect(() => {
    if (state().kind === 'signed-in') navigate(safeNext(search.next), { replace: true });
  });
  return (
    <Entrance
      title="Sign in"
      lead={
        <>
          New here?{' '}
          <A href="/sign-up" class="link">
            Set up a workspace
          </A>
          , or follow the link of an invitation.
        </>
      }
    >
      <Show when={!isCodeNeeded()} fallback={<CodeForm onDone={refresh} onBack={() => setCodeNeeded(false)} />}>
        <form class="stack" novalidate onSubmit={(event) => void form.send(event)}>
          <FormProblem text={form.errors().form} />
          <EmailField value={email()} onInput={setEmail} error={form.errors().email} autofocus />
          <PasswordField value={password()} onInput={setPassword} error={form.errors().password} />
          <Button type="submit" variant="primary" size="lg" wide busy={form.isBusy()}>
            Sign in
          </Button>
        </form>
      </Show>
    </Entrance>
  );
}
