import { Avatar } from '@rapport/ui/avatar';
import { Checkbox } from '@rapport/ui/checkbox';
import { Dialog } from '@rapport/ui/dialog';
import { TextField } from '@rapport/ui/text-field';
import { For, createSignal } from 'solid-js';
import type { Team } from '../access/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTask } from './create-task.ts';

/** A team's name and who is in it. */
export function TeamDialog(props: { team: Team | 'new'; onClose: () => void; onSaved: () => void }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  // eslint-disable-next-line solid/reactivity -- one dialog is about one team
  const before = props.team === 'new' ? { name: '', members: [] } : props.team;
  const [name, setName] = createSignal(before.name);
  const [members, setMembers] = createSignal<readonly string[]>(before.members);
  const [nameProblem, setNameProblem] = createSignal<string>();
  const people = () => [...workspace.members().values()].filter(({ status }) => status !== 'removed');
  const isNew = () => props.team === 'new';
  const save = async () => {
    if (isBusy()) return;
    if (name().trim() === '') {
      setNameProblem('Name it after what its people do, such as Field sales.');
      return;
    }
    const body = { name: name().trim(), members: [...members()] };
    const [method, path] =
      props.team === 'new' ? (['POST', '/teams'] as const) : (['PATCH', `/teams/${props.team.id}`] as const);
    const isDone = await run(() => workspace.api(method, path, body));
    if (!isDone) return;
    props.onSaved();
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={isNew() ? 'New team' : `Edit ${before.name}`}
      action={{ label: isNew() ? 'Make team' : 'Save', run: () => void save(), busy: isBusy() }}
    >
      <FormProblem text={problem()} />
      <TextField label="Name" value={name()} onInput={setName} error={nameProblem()} maxLength={100} />
      <fieldset class="team-people">
        <legend class="flabel">People</legend>
        <For each={people()}>
          {(member) => (
            <Checkbox
              checked={members().includes(member.id)}
              onChange={(isIn) =>
                setMembers(isIn ? [...members(), member.id] : members().filter((id) => id !== member.id))
              }
            >
              <span class="row">
                <Avatar person={member} size={18} decorative />
                <bdi class="ellip">{member.name}</bdi>
              </span>
            </Checkbox>
          )}
        </For>
      </fieldset>
    </Dialog>
  );
}
