import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import { TextField } from '@rapport/ui/text-field';
import { showToast } from '@rapport/ui/toasts';
import { A, useNavigate } from '@solidjs/router';
import Database from 'lucide-solid/icons/database';
import { createSignal } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { checkForm, signUp } from '../account/auth.ts';
import { createForm } from './create-form.ts';
import { EmailField } from './email-field.tsx';
import { Entrance } from './entrance.tsx';
import { FormProblem } from './form-problem.tsx';
import { PasswordField } from './password-field.tsx';
import { type Start, StartChoice, createWorkspaceWith, startButtons } from './start-choice.tsx';

/** First run: a person, their workspace and what it starts with, in one form. */
export default function SignUpScreen() {
  const { refresh } = useAccount();
  const navigate = useNavigate();
  const [workspace, setWorkspace] = createSignal('');
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [start, setStart] = createSignal<Start>('empty');
  const form = createForm(
    () => checkForm({ workspace: workspace(), name: name(), email: email(), password: password() }),
    async () => {
      await signUp({ name: name().trim(), email: email().trim(), password: password() });
      let path = '/new-workspace';
      try {
        const made = await createWorkspaceWith(workspace(), start());
        path = made.path;
        if (made.problem !== undefined) showToast({ text: made.problem, tone: 'problem' });
      } catch (error) {
        // The account is there: going back to this form would say that the address is taken.
        showToast({ text: error instanceof Error ? error.message : String(error), tone: 'problem' });
      }
      await refresh();
      navigate(path, { replace: true });
    },
  );
  return (
    <Entrance
      title="Set up your workspace"
      lead={
        <>
          You become its administrator. Have an account?{' '}
          <A href="/sign-in" class="link">
            Sign in
          </A>
        </>
      }
      foot={
        <>
          <Icon of={Database} size={14} />
          Everything stays in one folder on this server.
        </>
      }
    >
      <form class="stack" novalidate onSubmit={(event) => void form.send(event)}>
        <FormProblem text={form.errors().form} />
        <div class="two">
          <TextField
            label="Workspace"
            size="lg"
            required
            autofocus
            autocomplete="organization"
            maxLength={200}
            value={workspace()}
            onInput={setWorkspace}
            error={form.errors().workspace}
          />
          <TextField
            label="Your name"
            size="lg"
            required
            autocomplete="name"
            name="name"
            maxLength={200}
            value={name()}
            onInput={setName}
            error={form.errors().name}
          />
        </div>
        <EmailField value={email()} onInput={setEmail} error={form.errors().email} />
        <PasswordField isNew value={password()} onInput={setPassword} error={form.errors().password} />
        <StartChoice value={start()} onChange={setStart} />
        <Button type="submit" variant="primary" size="lg" wide busy={form.isBusy()}>
          {startButtons[start()]}
        </Button>
      </form>
    </Entrance>
  );
}
