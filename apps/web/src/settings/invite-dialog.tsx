import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { RadioCards } from '@rapport/ui/radio-cards';
import { TextField } from '@rapport/ui/text-field';
import { type Role, mayAct, roles } from '@rapport/domain/people/roles';
import { Show, createSignal } from 'solid-js';
import type { NewInvitation } from '../api/shapes.ts';
import { roleNames, roleTexts } from '../api/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { CopyField } from './copy-field.tsx';
import { createTask } from './create-task.ts';
import { invitationsKey } from './invitations-key.ts';

/** Makes an invitation's link, for one address or for whoever has it. The link is shown once. */
export function InviteDialog(props: { open: boolean; onClose: () => void }) {
  return (
    <Show when={props.open}>
      <Inviting onClose={() => props.onClose()} />
    </Show>
  );
}

function Inviting(props: { onClose: () => void }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const [email, setEmail] = createSignal('');
  const [role, setRole] = createSignal<Role>('member');
  const [made, setMade] = createSignal<NewInvitation>();
  /** Somebody whom an import brought in is invited with the role that the import gave them. */
  const setAddress = (text: string) => {
    setEmail(text);
    const address = text.trim().toLowerCase();
    const waiting = [...workspace.members().values()].find(
      (member) => member.status === 'pending' && address !== '' && member.email?.toLowerCase() === address,
    );
    if (waiting && mayAct(workspace.me.role, waiting.role)) setRole(waiting.role);
  };
  const create = async () => {
    if (isBusy() || made() !== undefined) return;
    const address = email().trim();
    const body = { role: role(), ...(address === '' ? {} : { email: address }) };
    await run(async () => {
      setMade(await workspace.api<NewInvitation>('POST', '/invitations', body));
      await workspace.queries.refetchQueries({ queryKey: invitationsKey(workspace.workspaceId) });
    });
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={made() === undefined ? `Invite to ${workspace.summary().name}` : 'The link is ready'}
      onSubmit={() => void create()}
      footer={
        <Show when={made() === undefined} fallback={<Button onClick={() => props.onClose()}>Done</Button>}>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button variant="primary" busy={isBusy()} onClick={() => void create()}>
            Make link
          </Button>
        </Show>
      }
    >
      <FormProblem text={problem()} />
      <Show
        when={made()}
        fallback={
          <>
            <TextField
              label="E-mail, if it is for one person"
              type="email"
              value={email()}
              onInput={setAddress}
              hint={
                email().trim() === ''
                  ? 'Without an address the link is for everybody who has it, for 7 days.'
                  : 'Only this address can use it, once, within 7 days.'
              }
            />
            <RadioCards
              label="Role"
              value={role()}
              onChange={setRole}
              options={roles
                .filter((each) => mayAct(workspace.me.role, each))
                .map((each) => ({ value: each, title: roleNames[each], text: roleTexts[each] }))}
            />
          </>
        }
      >
        {(invitation) => (
          <CopyField
            label="Link"
            text={invitation().url}
            hint="Send it to them. It is shown this once; you can revoke it under Settings, Invitations."
          />
        )}
      </Show>
    </Dialog>
  );
}
