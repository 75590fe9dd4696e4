import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { Label } from '@rapport/ui/label';
import Plus from 'lucide-solid/icons/plus';
import { Show } from 'solid-js';
import { type Invitation, type Page, roleNames } from '../api/shapes.ts';
import { createQuery } from '../local/create-query.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useShell } from '../shell/shell-state.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTask } from './create-task.ts';
import { invitationsKey } from './invitations-key.ts';
import { ListTable } from './list-table.tsx';
import { Section } from './section.tsx';

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const statusWords = { open: 'Open', used: 'Used', expired: 'Expired', revoked: 'Revoked' } as const;

export function Invitations() {
  const workspace = useWorkspace();
  const shell = useShell();
  const { run, problem } = createTask();
  const list = createQuery<Page<Invitation>>(workspace.queries, () => ({
    queryKey: invitationsKey(workspace.workspaceId),
    queryFn: () => workspace.api('GET', '/invitations?limit=500'),
  }));
  const revoke = async (invitation: Invitation) => {
    await run(() => workspace.api('DELETE', `/invitations/${invitation.id}`));
    await workspace.queries.refetchQueries({ queryKey: invitationsKey(workspace.workspaceId) });
  };
  const invite = () => (
    <Button variant="primary" icon={Plus} onClick={() => shell.openInvite()}>
      Invite
    </Button>
  );
  return (
    <Section
      title="Invitations"
      count={list().data?.total}
      lead="Links that let people in. Each was shown once, to whoever made it."
      action={invite()}
    >
      <FormProblem text={problem() ?? (list().data === undefined ? list().error?.message : undefined)} />
      <ListTable
        label="Invitations"
        name="invitations"
        heads={['For', 'Role', 'By', 'Status', { label: 'Revoke', isHidden: true }]}
        items={list().data?.items}
        isLoading={list().isFetching}
        empty={
          <EmptyState title="Nobody is invited">Invite a colleague: you see each other’s changes at once.</EmptyState>
        }
      >
        {(invitation) => (
          <>
            <td>{invitation.email ?? <span class="t2">Whoever has the link</span>}</td>
            <td>{roleNames[invitation.role]}</td>
            <td class="t2">{workspace.members().get(invitation.createdBy)?.name}</td>
            <td class="t2">
              <Show when={invitation.status === 'open'} fallback={<Label line>{statusWords[invitation.status]}</Label>}>
                Until {day.format(invitation.expiresAt)}
                <Show when={!invitation.singleUse && invitation.uses > 0}>, {invitation.uses} joined</Show>
              </Show>
            </td>
            <td class="r">
              <Show when={invitation.status === 'open'}>
                <Button size="sm" onClick={() => void revoke(invitation)}>
                  Revoke
                </Button>
              </Show>
            </td>
          </>
        )}
      </ListTable>
    </Section>
  );
}
