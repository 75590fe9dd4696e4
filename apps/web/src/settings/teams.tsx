import { AvatarStack } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { EmptyState } from '@rapport/ui/empty-state';
import { IconButton } from '@rapport/ui/icon-button';
import { MenuButton } from '@rapport/ui/menu';
import type { Member } from '@rapport/domain/people/member';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Plus from 'lucide-solid/icons/plus';
import { Show, createSignal } from 'solid-js';
import { createTeams } from '../access/create-teams.ts';
import type { Team } from '../access/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTask } from './create-task.ts';
import { ListTable } from './list-table.tsx';
import { Section } from './section.tsx';
import { TeamDialog } from './team-dialog.tsx';

/** Teams: groups of people whom a pipeline can be shared with. */
export function Teams() {
  const workspace = useWorkspace();
  const { list, refresh } = createTeams();
  const { run, problem, isBusy } = createTask();
  const [editing, setEditing] = createSignal<Team | 'new' | null>(null);
  const [deleting, setDeleting] = createSignal<Team | null>(null);
  const mayManage = () => workspace.me.role === 'admin' || workspace.me.role === 'manager';
  const peopleOf = (team: Team): Member[] =>
    team.members.flatMap((id) => {
      const member = workspace.members().get(id);
      return member === undefined || member.status === 'removed' ? [] : [member];
    });
  const remove = async (team: Team) => {
    if (!(await run(() => workspace.api('DELETE', `/teams/${team.id}`)))) return;
    setDeleting(null);
    workspace.toast({ text: `The team ${team.name} was deleted` });
    await refresh();
  };
  return (
    <Section
      title="Teams"
      count={list().data?.total}
      lead="Share a pipeline with a team, from the menu beside its name, and whoever joins the team has it at once."
      action={
        <Button
          variant="primary"
          icon={Plus}
          onClick={() => setEditing('new')}
          disabledReason={mayManage() ? undefined : 'A manager or administrator makes teams'}
        >
          New team
        </Button>
      }
    >
      <FormProblem text={problem() ?? (list().data === undefined ? list().error?.message : undefined)} />
      <ListTable
        label="Teams"
        name="teams"
        heads={['Name', 'People', { label: 'More', isHidden: true }]}
        items={list().data?.items}
        isLoading={list().isFetching}
        empty={<EmptyState title="No teams yet">Make one for people who work on the same pipelines.</EmptyState>}
      >
        {(team) => (
          <>
            <td>{team.name}</td>
            <td>
              <Show when={peopleOf(team).length > 0} fallback={<span class="t3">Nobody yet</span>}>
                <span class="row">
                  <AvatarStack people={peopleOf(team)} />
                  <span class="t2">{peopleOf(team).length}</span>
                </span>
              </Show>
            </td>
            <td class="r">
              <Show when={mayManage()}>
                <MenuButton
                  label={`More for ${team.name}`}
                  align="end"
                  items={[
                    { id: 'edit', label: 'Edit team' },
                    { id: 'delete', label: 'Delete team', tone: 'danger', separated: true },
                  ]}
                  onPick={(id) => (id === 'edit' ? setEditing(team) : setDeleting(team))}
                >
                  {(trigger) => (
                    <IconButton
                      icon={Ellipsis}
                      label={`More for ${team.name}`}
                      ref={trigger.ref}
                      onClick={trigger.onClick}
                      aria-haspopup="menu"
                      aria-expanded={trigger['aria-expanded']}
                    />
                  )}
                </MenuButton>
              </Show>
            </td>
          </>
        )}
      </ListTable>
      <Show when={editing()}>
        {(team) => <TeamDialog team={team()} onClose={() => setEditing(null)} onSaved={() => void refresh()} />}
      </Show>
      <Show when={deleting()}>
        {(team) => (
          <Dialog
            open
            onClose={() => setDeleting(null)}
            title={`Delete the team ${team().name}?`}
            action={{ label: 'Delete team', run: () => void remove(team()), busy: isBusy(), isDangerous: true }}
          >
            <p>
              Its people stay in the workspace. Pipelines that are shared with the team are no longer shared with them,
              unless by name. This cannot be undone.
            </p>
          </Dialog>
        )}
      </Show>
    </Section>
  );
}
