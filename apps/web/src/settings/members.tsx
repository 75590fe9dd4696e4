import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import { Label } from '@rapport/ui/label';
import { MenuButton } from '@rapport/ui/menu';
import { Select } from '@rapport/ui/select';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { dateText } from '@rapport/domain/fields/field-text';
import type { Member } from '@rapport/domain/people/member';
import { type Role, roles } from '@rapport/domain/people/roles';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import { A } from '@solidjs/router';
import Plus from 'lucide-solid/icons/plus';
import Upload from 'lucide-solid/icons/upload';
import UserRound from 'lucide-solid/icons/user-round';
import { For, Show, createSignal } from 'solid-js';
import { roleNames, roleTexts } from '../api/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useShell } from '../shell/shell-state.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { AwayDialog } from './away-dialog.tsx';
import { awayDay } from './away-field.tsx';
import { createTask } from './create-task.ts';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';
import { RoleTable } from './role-table.tsx';
import { Section } from './section.tsx';

/** What a dialog asks about somebody. */
interface Asked {
  readonly what: 'away' | 'remove';
  readonly member: Member;
}

/** Everybody in the workspace: who they are and what they may do. */
export function MembersPage() {
  const workspace = useWorkspace();
  const shell = useShell();
  const { run, problem } = createTask();
  const [asked, setAsked] = createSignal<Asked>();
  const people = () => [...workspace.members().values()].filter(({ status }) => status !== 'removed');
  const mayInvite = () => workspace.me.role === 'admin' || workspace.me.role === 'manager';
  const refresh = () => workspace.queries.refetchQueries({ queryKey: workspace.membersKey });

  const setRole = async (member: Member, role: Role) => {
    const before = member.role;
    if (role === before) return;
    const change = (to: Role) => run(() => workspace.api('PATCH', `/members/${member.id}`, { role: to }));
    if (await change(role)) {
      workspace.toast({
        text: `${member.name} is now ${roleNames[role].toLowerCase()}. It applies at once`,
        action: { label: 'Undo', run: () => void change(before).then(refresh) },
      });
    }
    await refresh();
  };
  return (
    <>
      <Section
        title="Members"
        count={people().length}
        lead="A person’s colour is theirs everywhere: board, presence and reports."
        action={
          <span class="row">
            <Show when={workspace.me.role === 'admin'}>
              <A class="btn" href={`/w/${workspace.workspaceId}/import?noun=people`}>
                <Icon of={Upload} />
                Import people
              </A>
            </Show>
            <Button
              variant="primary"
              icon={Plus}
              onClick={() => shell.openInvite()}
              disabledReason={mayInvite() ? undefined : 'A manager or administrator invites'}
            >
              Invite
            </Button>
          </span>
        }
      >
        <FormProblem text={problem()} />
        <Show when={people().length > 0} fallback={<SkeletonRows label="Loading members" />}>
          <div class="set-scroll" tabindex="0" role="region" aria-label="Members">
            <table class="tbl set-members">
              <thead>
                <tr>
                  <th>Name</th>
                  <th>E-mail</th>
                  <th>Role</th>
                  <th aria-label="More" />
                </tr>
              </thead>
              <tbody>
                <For each={people()}>
                  {(member) => (
                    <MemberRow
                      member={member}
                      onRole={(role) => void setRole(member, role)}
                      onAsk={(what) => setAsked({ what, member })}
                    />
                  )}
                </For>
              </tbody>
            </table>
          </div>
        </Show>
      </Section>
      <RoleTable />
      {/* Not in their rows: a dialog takes alignment and line breaks from the cell that it stands in. */}
      <Show when={asked()?.what === 'away' && asked()}>
        {(about) => <AwayDialog member={about().member} onClose={() => setAsked(undefined)} />}
      </Show>
      <Show when={asked()?.what === 'remove' && asked()}>
        {(about) => (
          <RemoveMemberDialog
            member={about().member}
            onClose={() => setAsked(undefined)}
            onDone={() => {
              setAsked(undefined);
              void refresh();
            }}
          />
        )}
      </Show>
    </>
  );
}

function MemberRow(props: { member: Member; onRole: (role: Role) => void; onAsk: (what: Asked['what']) => void }) {
  const workspace = useWorkspace();
  const shell = useShell();
  const isMe = () => props.member.id === workspace.me.id;
  const isAdmin = () => workspace.me.role === 'admin';
  const isPending = () => props.member.status === 'pending';
  const isHere = () => isMe() || shell.here().some(({ id }) => id === props.member.id);
  const away = () => awayDay(props.member, workspace.now());
  return (
    <tr>
      <td>
        <span class="row">
          <Show
            when={!isPending()}
            fallback={
              <span class="av s24 dash">
                <Icon of={UserRound} size={14} />
              </span>
            }
          >
            <Avatar
              person={{ ...props.member, state: isHere() ? 'here' : undefined }}
              size={24}
              showsState
              decorative
            />
          </Show>
          <span class="ellip">{props.member.name}</span>
          <Show when={isMe()}>
            <Label>You</Label>
          </Show>
          <Show when={away()}>{(day) => <Label line>Away until {dateText(day())}</Label>}</Show>
          <Show when={isPending()}>
            <Label line>From an import, not joined</Label>
          </Show>
        </span>
      </td>
      <td class="t2">{props.member.email}</td>
      <td>
        <Show when={isAdmin() && !isPending()} fallback={roleNames[props.member.role]}>
          <Select
            label={`Role of ${props.member.name}`}
            hideLabel
            value={props.member.role}
            onChange={(role) => props.onRole(role as Role)}
            options={roles.map((role) => ({ id: role, label: roleNames[role], detail: roleTexts[role] }))}
          />
        </Show>
      </td>
      <td class="r">
        <Show when={isMe() || isAdmin()}>
          <MenuButton
            label={`More for ${props.member.name}`}
            align="end"
            items={[
              ...(isPending() ? [] : [{ id: 'away', label: 'Away until…' } as const]),
              { id: 'remove', label: isMe() ? 'Leave this workspace' : 'Remove from the workspace', tone: 'danger' },
            ]}
            onPick={(what) => props.onAsk(what === 'away' ? 'away' : 'remove')}
          >
            {(trigger) => (
              <IconButton
                icon={Ellipsis}
                label={`More for ${props.member.name}`}
                ref={trigger.ref}
                onClick={trigger.onClick}
                aria-haspopup="menu"
                aria-expanded={trigger['aria-expanded']}
              />
            )}
          </MenuButton>
        </Show>
      </td>
    </tr>
  );
}
