import { Avatar } from '@rapport/ui/avatar';
import { MultiSelect } from '@rapport/ui/combobox';
import { Icon } from '@rapport/ui/icon';
import type { Option } from '@rapport/ui/option-list';
import { Select } from '@rapport/ui/select';
import Users from 'lucide-solid/icons/users';
import { Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { dateText, localDay } from '../fields/field-text.ts';
import type { Member } from '../people/member.ts';
import { targetWays, type RuleTarget, type TargetWay } from './rules.ts';

const wayTexts: Readonly<Record<TargetWay, { label: string; detail: string }>> = {
  roundRobin: { label: 'in turn', detail: 'Whoever was served longest ago' },
  fewest: { label: 'fewest open', detail: 'Whoever owns the fewest open leads here' },
  first: { label: 'first who can', detail: 'In this order' },
};
const team = 'team:';

/** That rules pass somebody by for now. */
const awayDetail = ({ awayUntil = null }: Member, today: string): { detail?: string } =>
  awayUntil === null || awayUntil < today ? {} : { detail: `Away until ${dateText(awayUntil)}` };

/** Whom a rule gives leads to, and which of them. */
export function TargetEditor(props: {
  workspace: WorkspaceClient;
  target: RuleTarget;
  disabled: boolean;
  onChange: (target: RuleTarget) => void;
}) {
  const people = (): Option[] =>
    [...props.workspace.members().values()]
      .filter(({ status, role }) => status === 'active' && role !== 'viewer')
      .map((member) => ({
        id: member.id,
        label: member.name,
        ...awayDetail(member, localDay(props.workspace.now())),
        mark: () => <Avatar person={member} size={16} decorative />,
      }));
  const options = (): Option[] => [
    ...props.workspace.teams().map(({ id, name, members }) => ({
      id: `${team}${id}`,
      label: name,
      detail: `${members.length} ${members.length === 1 ? 'person' : 'people'}`,
      mark: () => <Icon of={Users} size={14} class="t3" />,
    })),
    ...people(),
  ];
  const chosen = (): Option[] =>
    [...props.target.teams.map((id) => `${team}${id}`), ...props.target.members].map((id) => {
      const known = options().find((option) => option.id === id);
      const name = id.startsWith(team) ? 'a team that is gone' : props.workspace.members().get(id)?.name;
      return known ?? { id, label: name ?? 'somebody who left' };
    });
  const isSeveral = () => props.target.teams.length > 0 || props.target.members.length > 1;
  return (
    <div class="rule-target">
      <MultiSelect
        label="Goes to"
        placeholder="People or teams"
        disabled={props.disabled}
        options={options()}
        value={chosen()}
        onChange={(next) =>
          props.onChange({
            ...props.target,
            teams: next.flatMap(({ id }) => (id.startsWith(team) ? [id.slice(team.length)] : [])),
            members: next.flatMap(({ id }) => (id.startsWith(team) ? [] : [id])),
          })
        }
      />
      <Show when={isSeveral()}>
        <Select
          label="Which of them"
          disabled={props.disabled}
          options={targetWays.map((id) => ({ id, ...wayTexts[id] }))}
          value={props.target.way}
          onChange={(id) =>
            props.onChange({ ...props.target, way: targetWays.find((way) => way === id) ?? 'roundRobin' })
          }
        />
      </Show>
    </div>
  );
}

/** Whom a rule gives leads to, in words: `Sales DACH and Mia, in turn`. */
export function targetText(workspace: WorkspaceClient, { way, members, teams }: RuleTarget): string {
  const names = [
    ...teams.map((id) => workspace.teams().find((each) => each.id === id)?.name ?? 'a team that is gone'),
    ...members.map((id) => workspace.members().get(id)?.name ?? 'somebody who left'),
  ];
  if (names.length === 0) return 'nobody yet';
  const listed = names.length > 3 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(', ');
  return teams.length > 0 || members.length > 1 ? `${listed}, ${wayTexts[way].label}` : listed;
}
