import { Avatar } from '@rapport/ui/avatar';
import { Button } from '@rapport/ui/button';
import { Combobox } from '@rapport/ui/combobox';
import { Dialog } from '@rapport/ui/dialog';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import type { Option } from '@rapport/ui/option-list';
import { RadioCards } from '@rapport/ui/radio-cards';
import { Select } from '@rapport/ui/select';
import { SkeletonRows } from '@rapport/ui/skeleton';
import UsersRound from 'lucide-solid/icons/users-round';
import X from 'lucide-solid/icons/x';
import { For, Match, Show, Switch, createResource, createSignal } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { createTask } from '../settings/create-task.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTeams } from './create-teams.ts';
import { type ThingShare, type Grant, type Level, levelNames } from './shapes.ts';

type Choice = 'everyone' | 'some' | 'private';

/** With whom a pipeline is shared: everyone, teams and people, or nobody else. */
export function ShareDialog(props: { boardId: string; name: string; onClose: () => void }) {
  const workspace = useWorkspace();
  // One dialog is about one board.
  // eslint-disable-next-line solid/reactivity
  const [share] = createResource(() => workspace.api<ThingShare>('GET', `/boards/${props.boardId}/share`));
  return (
    <Switch
      fallback={
        <Dialog open onClose={props.onClose} title={`Share ${props.name}`}>
          <SkeletonRows label="Loading with whom it is shared" />
        </Dialog>
      }
    >
      <Match when={share.error}>
        {(error) => (
          <Dialog open onClose={props.onClose} title={`Share ${props.name}`}>
            <p>{sentenceOf(error())}</p>
          </Dialog>
        )}
      </Match>
      <Match when={share()}>
        {(known) => <Sharing {...props} share={known()} workspace={workspace.summary().name} />}
      </Match>
    </Switch>
  );
}

function Sharing(props: { boardId: string; name: string; workspace: string; share: ThingShare; onClose: () => void }) {
  const workspace = useWorkspace();
  const { list: teams } = createTeams();
  const { run, problem, isBusy } = createTask();
  /* eslint-disable solid/reactivity -- what the server said when the dialog opened is where the choice starts */
  const before = props.share;
  const [choice, setChoice] = createSignal<Choice>(
    before.kind === 'everyone' ? 'everyone' : before.grants.length === 0 ? 'private' : 'some',
  );
  const [level, setLevel] = createSignal<Level>(before.level ?? 'edit');
  const [grants, setGrants] = createSignal<readonly Grant[]>(before.grants);
  /* eslint-enable solid/reactivity */
  const isLocked = () => !before.mayChange;
  const ownerName = () => (before.owner === null ? workspace.me.name : nameOf({ to: 'member', id: before.owner }));
  const owner = () => before.owner ?? workspace.me.id;

  const nameOf = ({ to, id }: Pick<Grant, 'to' | 'id'>) =>
    (to === 'team' ? teams().data?.items.find((team) => team.id === id)?.name : workspace.members().get(id)?.name) ??
    (to === 'team' ? 'A team' : 'Somebody');
  const isIn = (to: Grant['to'], id: string) => grants().some((grant) => grant.to === to && grant.id === id);
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
      .filter(({ id, status }) => status === 'active' && id !== owner() && !isIn('member', id))
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
    if ((to === 'team' || to === 'member') && id !== undefined) setGrants([...grants(), { to, id, level: 'edit' }]);
  };
  const change = (grant: Grant, to: Level | null) =>
    setGrants(grants().flatMap((each) => (each === grant ? (to === null ? [] : [{ ...each, level: to }]) : [each])));
  const save = async () => {
    if (isBusy() || isLocked()) return;
    const wanted =
      choice() === 'everyone'
        ? { kind: 'everyone', level: level() }
        : { kind: 'restricted', grants: choice() === 'private' ? [] : grants().map((grant) => ({ ...grant })) };
    const path = `/boards/${props.boardId}/share`;
    const isDone = await run(() => workspace.api('PUT', path, wanted));
    if (!isDone) return;
    workspace.toast({ text: `${props.name} is ${wordsFor(choice(), level())}. It applies at once` });
    props.onClose();
    await workspace.queries.refetchQueries({ queryKey: workspace.boardsKey });
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Share ${props.name}`}
      onSubmit={() => void save()}
      footer={
        <Show when={!isLocked()} fallback={<Button onClick={() => props.onClose()}>Close</Button>}>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button variant="primary" busy={isBusy()} onClick={() => void save()}>
            Save
          </Button>
        </Show>
      }
    >
      <FormProblem text={problem()} />
      <Show when={isLocked()}>
        <p class="t2">Its owner {ownerName()}, a manager who may edit it, or an administrator can change this.</p>
      </Show>
      <RadioCards
        label="Who may open it"
        value={choice()}
        onChange={setChoice}
        options={[
          {
            value: 'everyone',
            title: `Everyone in ${props.workspace}`,
            text: 'To edit or to view',
            disabled: isLocked(),
          },
          { value: 'some', title: 'Teams and people', text: 'Only those you name', disabled: isLocked() },
          { value: 'private', title: 'Private', text: `Only ${ownerName()}, who owns it`, disabled: isLocked() },
        ]}
      />
      <Show when={choice() === 'everyone'}>
        <Select
          label="They"
          value={level()}
          onChange={(id) => setLevel(id as Level)}
          disabled={isLocked()}
          options={levelOptions}
        />
      </Show>
      <Show when={choice() === 'some'}>
        <ul class="share-list" aria-label="Shared with">
          <For each={grants()}>
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
                  disabled={isLocked()}
                  options={levelOptions}
                />
                <Show when={!isLocked()}>
                  <IconButton
                    icon={X}
                    label={`Stop sharing with ${nameOf(grant)}`}
                    onClick={() => change(grant, null)}
                  />
                </Show>
              </li>
            )}
          </For>
        </ul>
        <Show when={!isLocked()}>
          <Combobox
            label="Add a team or a person"
            value={null}
            onChange={add}
            options={candidates()}
            placeholder="Choose"
            empty="Everybody is in the list already."
          />
        </Show>
      </Show>
      <p class="small t3">
        Viewers never edit. Administrators can open every pipeline, and the audit log says when they do.
      </p>
    </Dialog>
  );
}

const levelOptions = (['edit', 'view'] as const).map((id) => ({ id, label: levelNames[id] }));

const TeamMark = () => (
  <span class="av s24 dash">
    <Icon of={UsersRound} size={14} />
  </span>
);

function wordsFor(choice: Choice, level: Level): string {
  if (choice === 'private') return 'private';
  if (choice === 'some') return 'shared with those you named';
  return level === 'edit' ? 'for everyone' : 'for everyone to view';
}
