import { Button } from '@rapport/ui/button';
import { TextField } from '@rapport/ui/text-field';
import { showToast } from '@rapport/ui/toasts';
import { A, useNavigate } from '@solidjs/router';
import { Show, createSignal } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { checkForm } from '../account/auth.ts';
import { createForm } from './create-form.ts';
import { Entrance } from './entrance.tsx';
import { FormProblem } from './form-problem.tsx';
import { type Start, StartChoice, createWorkspaceWith, startButtons } from './start-choice.tsx';

/** Another workspace for somebody who is signed in, or the first one when setting up was interrupted. */
export default function NewWorkspace() {
  const { state, refresh } = useAccount();
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const [start, setStart] = createSignal<Start>('empty');
  const hasOthers = () => {
    const now = state();
    return now.kind === 'signed-in' && now.workspaces.length > 0;
  };
  const form = createForm(
    () => checkForm({ workspace: name() }),
    async () => {
      const { path, problem } = await createWorkspaceWith(name(), start());
      if (problem !== undefined) showToast({ text: problem, tone: 'problem' });
      await refresh();
      navigate(path, { replace: true });
    },
  );
  return (
    <Entrance
      title="New workspace"
      lead={
        <>
          A workspace has its own people and data.{' '}
          <Show when={hasOthers()} fallback="To join an existing one, follow the link of an invitation.">
            <A href="/workspaces" class="link">
              Your workspaces
            </A>
          </Show>
        </>
      }
    >
      <form class="stack" novalidate onSubmit={(event) => void form.send(event)}>
        <FormProblem text={form.errors().form} />
        <TextField
          label="Workspace"
          size="lg"
          required
          autofocus
          maxLength={200}
          value={name()}
          onInput={setName}
          error={form.errors().workspace}
        />
        <StartChoice value={start()} onChange={setStart} />
        <Button type="submit" variant="primary" size="lg" wide busy={form.isBusy()}>
          {startButtons[start()]}
        </Button>
      </form>
    </Entrance>
  );
}
