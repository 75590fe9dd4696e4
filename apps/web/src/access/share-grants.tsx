import { Avatar } from '@rapport/ui/avatar';
import { Combobox } from '@rapport/ui/combobox';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import type { Option } from '@rapport/ui/option-list';
import { Select } from '@rapport/ui/select';
import UsersRound from 'lucide-solid/icons/users-round';
import X from 'lucide-solid/icons/x';
import { For, Show } from 'solid-js';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTeams } from './create-teams.ts';
import { type Grant, type Level, levelNames } from './shapes.ts';

/** The teams and people whom something is shared with, and how far each may go. */
export function ShareGrants(props: {
  grants: readonly Grant[];
  /** Who needs no grant. */
  owner: string;
  levels: readonly Level[];
  isLocked: boolean;
  onChange: (grants: readonly Grant[]) => void;
}) {
  const workspace = useWorkspace();
  const { list: teams } = createTeams();
  const nameOf = ({ to, id }: Pick<Grant, 'to' | 'id'>) =>
    (to === 'team' ? teams().data?.items.find((team) => team.id === id)?.name : workspace.members().get(id)?.name) ??
    (to === 'team' ? 'A team' : 'Somebody');
  const isIn = (to: Grant['to'], id: string) => props.grants.some((grant) => grant.to === to && grant.id === id);
  const candidates = (): Option[] => [
    ...(teams().data?.items ?? [])
      .filter(({ id }) => !isIn('team', id))
      .map((team, index): Option => ({
        id: `team ${team.id}`,
        label: team.name,
        icon: UsersRound,
        detail: team.members.length === 1 ? '1 person' : `${team.members.length} people`,
        heading: index === 0 ? 'Teams' : undefined,
      })),
    ...[...workspace.members().values()]
      .filter(({ id, status }) => status === 'active' && id !== props.owner && !isIn('member', id))
      .map((member, index): Option => ({
        id: `member ${member.id}`,
        label: member.name,
        mark: () => <Avatar person={member} size={18} decorative />,
        detail: member.role === 'admin' ? 'opens everything' : undefined,
        heading: index === 0 ? 'People' : undefined,
      })),
  ];
  const add = (option: Option | null) => {
    const [to, id] = option?.id.split(' ') ?? [];
    if ((to === 'team' || to === 'member') && id !== undefined)
      props.onChange([...props.grants, { to, id, level: 'edit' }]);
  };
  const change = (grant: Grant, to: Level | null) =>
    props.onChange(
      props.grants.flatMap((each) => (each === grant ? (to === null ? [] : [{ ...each, level: to }]) : [each])),
    );
  return (
    <>
      <ul class="share-list" aria-label="Shared with">
        <For each={props.grants}>
          {(grant) => (
            <li class="row">
              <Show when={grant.to === 'member' && workspace.members().get(grant.id)} fallback={<TeamMark />}>
                {(member) => <Avatar person={member()} size={24} decorative />}
              </Show>
              <bdi class="grow ellip">{nameOf(grant)}</bdi>
              <Select
                label={`What ${nameOf(grant)} may do`}
                hideLabel
                value={grant.level}
                onChange={(id) => change(grant, id as Level)}
                disabled={props.isLocked}
                options={levelOptions(props.levels)}
              />
              <Show when={!props.isLocked}>
                <IconButton icon={X} label={`Stop sharing with ${nameOf(grant)}`} onClick={() => change(grant, null)} />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={!props.isLocked}>
        <Combobox
          label="Add a team or a person"
          value={null}
          onChange={add}
          options={candidates()}
          placeholder="Choose"
          empty="Everybody is in the list already."
        />
      </Show>
    </>
  );
}

/** From most to least. */
export const levelOptions = (levels: readonly Level[]) =>
  levels.toReversed().map((id) => ({ id, label: levelNames[id] }));

const TeamMark = () => (
  <span class="av s24 dash">
    <Icon of={UsersRound} size={14} />
  </span>
);
