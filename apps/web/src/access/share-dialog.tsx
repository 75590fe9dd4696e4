import { Button } from '@rapport/ui/button';
import { Dialog } from '@rapport/ui/dialog';
import { RadioCards } from '@rapport/ui/radio-cards';
import { Select } from '@rapport/ui/select';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { Match, Show, Switch, createResource, createSignal } from 'solid-js';
import { sentenceOf } from '../api/request.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { createTask } from '../settings/create-task.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { levelOptions, ShareGrants } from './share-grants.tsx';
import { ShareOwner } from './share-owner.tsx';
import type { Grant, Level, ThingShare } from './shapes.ts';

type Choice = 'inherited' | 'everyone' | 'some' | 'private';

interface Shared {
  /** Of the pipeline, contact, folder, note … */
  id: string;
  name: string;
  /** How far it can be shared: `['view', 'comment', 'edit']` where comments mean something. View and edit unless told. */
  levels?: readonly Level[];
  /** What it lies in is called, where it lies in something. */
  inside?: string;
  onClose: () => void;
}

/** With whom something is shared: as what it lies in, everyone, teams and people, or nobody else. And whose it is. */
export function ShareDialog(props: Shared) {
  const workspace = useWorkspace();
  // One dialog is about one thing.
  // eslint-disable-next-line solid/reactivity
  const [share] = createResource(() => workspace.api<ThingShare>('GET', `/shares/${props.id}`));
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

function Sharing(props: Shared & { workspace: string; share: ThingShare }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  /* eslint-disable solid/reactivity -- what the server said when the dialog opened is where the choice starts */
  const before = props.share;
  const wasOwner = before.owner ?? workspace.me.id;
  const [choice, setChoice] = createSignal<Choice>(choiceOf(before));
  const [level, setLevel] = createSignal<Level>(before.level ?? 'edit');
  const [grants, setGrants] = createSignal<readonly Grant[]>(before.grants);
  const [owner, setOwner] = createSignal(wasOwner);
  /* eslint-enable solid/reactivity */
  const isLocked = () => !before.mayChange;
  const levels = () => props.levels ?? ['view', 'edit'];
  const ownerName = () => workspace.members().get(owner())?.name ?? 'Somebody who left';
  const mayHandOver = () =>
    !isLocked() && before.owner !== null && (before.owner === workspace.me.id || workspace.me.role === 'admin');

  /** By name or for everyone; by a team the server knows. */
  const isOpenToMe = () =>
    workspace.me.role === 'admin' ||
    choice() === 'everyone' ||
    (choice() === 'some' && grants().some(({ to, id }) => to === 'team' || id === workspace.me.id));

  const save = async () => {
    if (isBusy() || isLocked()) return;
    const handedOver = owner() === wasOwner ? {} : { owner: owner() };
    const wanted =
      choice() === 'inherited'
        ? { kind: 'inherited' }
        : choice() === 'everyone'
          ? { kind: 'everyone', level: level(), ...handedOver }
          : {
              kind: 'restricted',
              grants: choice() === 'private' ? [] : grants().map((grant) => ({ ...grant })),
              ...handedOver,
            };
    const path = `/shares/${props.id}`;
    const isDone = await run(() => workspace.api('PUT', path, wanted));
    if (!isDone) return;
    workspace.toast({ text: `${props.name} is ${wordsFor(choice(), level(), props.inside)}. It applies at once` });
    props.onClose();
    // Other lists hear of it on the live channel; the navigation is where a person looks for it at once.
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
          ...(before.parent === null
            ? []
            : [
                {
                  value: 'inherited' as const,
                  title: `As ${props.inside ?? 'what it is in'}`,
                  text: 'Whoever may open that may open this',
                  disabled: isLocked(),
                },
              ]),
          {
            value: 'everyone',
            title: `Everyone in ${props.workspace}`,
            text: levels().includes('comment') ? 'To edit, to comment or to view' : 'To edit or to view',
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
          options={levelOptions(levels())}
        />
      </Show>
      <Show when={choice() === 'some'}>
        <ShareGrants grants={grants()} owner={owner()} levels={levels()} isLocked={isLocked()} onChange={setGrants} />
      </Show>
      <Show when={mayHandOver() && choice() !== 'inherited'}>
        <ShareOwner owner={owner()} was={wasOwner} isOpenToMe={isOpenToMe()} onChange={setOwner} />
      </Show>
      <p class="small t3">
        Viewers never edit. Administrators can open everything, and the audit log says when they do.
      </p>
    </Dialog>
  );
}

function choiceOf({ inherits, kind, grants }: ThingShare): Choice {
  if (inherits) return 'inherited';
  if (kind === 'everyone') return 'everyone';
  return grants.length === 0 ? 'private' : 'some';
}

function wordsFor(choice: Choice, level: Level, inside: string | undefined): string {
  if (choice === 'inherited') return `shared as ${inside ?? 'what it is in'}`;
  if (choice === 'private') return 'private';
  if (choice === 'some') return 'shared with those you named';
  return { edit: 'for everyone', comment: 'for everyone to comment', view: 'for everyone to view' }[level];
}
