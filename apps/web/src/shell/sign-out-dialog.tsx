import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { Show, createEffect, createResource, createSignal } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { endSession } from '../account/auth.ts';
import { sentenceOf } from '../api/request.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { createSaveStatus } from '../workspace/save-status.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { textOf } from './save-panel.tsx';
import { copyText } from '../local/copy-text.ts';

/** Signs out and clears this device; asks first when something is not saved. */
export function SignOutDialog(props: { open: boolean; onClose: () => void }) {
  return (
    <Show when={props.open}>
      <SigningOut onClose={() => props.onClose()} />
    </Show>
  );
}

function SigningOut(props: { onClose: () => void }) {
  const workspace = useWorkspace();
  const account = useAccount();
  const status = createSaveStatus(workspace);
  const [isWaiting, setWaiting] = createSignal(false);
  const [isLeaving, setLeaving] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  // Counts what other tabs and other workspaces left on this device, too.
  const [kept] = createResource(
    () => status().unsaved,
    () => workspace.keptUnsaved(),
  );
  const unsaved = () => Math.max(status().unsaved, kept.latest ?? 0);
  const isKnown = () => kept.state === 'ready' || kept.state === 'refreshing' || kept.state === 'errored';

  const leave = async () => {
    if (isLeaving()) return;
    setLeaving(true);
    try {
      // The server first: without it the cookie stays, and the next visit would be signed in again.
      await endSession();
    } catch (error) {
      setProblem(`Not signed out. ${sentenceOf(error)}`);
      setLeaving(false);
      setWaiting(false);
      return;
    }
    await workspace.session.signOut({ discardUnsaved: true });
    await account.forget();
    location.assign('/sign-in');
  };
  createEffect(() => {
    if (isKnown() && unsaved() === 0 && problem() === undefined) void leave();
  });
  const copy = async () => {
    const lines = status().pending.map((change) => `${new Date(change.at).toLocaleString()}: ${textOf(change.change)}`);
    await copyText(lines.join('\n'));
    workspace.toast({ text: `Copied ${lines.length} ${lines.length === 1 ? 'change' : 'changes'}` });
  };
  const title = () => (unsaved() === 1 ? '1 change is not saved' : `${unsaved()} changes are not saved`);
  return (
    <Dialog
      open={problem() !== undefined || (isKnown() && unsaved() > 0)}
      onClose={props.onClose}
      title={unsaved() > 0 ? title() : 'Sign out'}
      footer={
        <Show when={unsaved() > 0} fallback={<Button onClick={() => props.onClose()}>Close</Button>}>
          <Button variant="danger" busy={isLeaving()} onClick={() => void leave()}>
            Discard and sign out
          </Button>
          <span class="grow" />
          <Button onClick={() => void copy()}>Copy</Button>
          <Button variant="primary" busy={isWaiting()} onClick={() => setWaiting(true)}>
            {isWaiting() ? 'Waiting to save' : 'Wait until saved'}
          </Button>
        </Show>
      }
    >
      <FormProblem text={problem()} />
      <Show when={unsaved() > 0}>
        <p>
          Signing out clears this device, so what the server does not have yet would be lost.{' '}
          {status().connection === 'offline'
            ? 'You are offline: it is saved when you reconnect.'
            : 'It is being saved now.'}
        </p>
      </Show>
    </Dialog>
  );
}
