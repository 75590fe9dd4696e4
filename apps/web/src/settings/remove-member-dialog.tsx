import type { Member } from '@rapport/domain/people/member';
import { Dialog } from '@rapport/ui/dialog';
import { Select } from '@rapport/ui/select';
import { Show, createResource, createSignal } from 'solid-js';
import type { Page } from '../api/shapes.ts';
import { FormProblem } from '../screens/form-problem.tsx';
import { forgetHistories } from '../workspace/kept-history.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { createTask } from './create-task.ts';

const keep = 'keep';
const nobody = 'none';

/** What somebody may have that another can take over. */
const openWork = [
  { path: '/deals?status=open&owner=', one: 'open deal', many: 'open deals' },
  { path: '/notes/tasks?assignee=', one: 'open task', many: 'open tasks' },
  { path: '/contacts?owner=', one: 'contact', many: 'contacts' },
  { path: '/companies?owner=', one: 'company', many: 'companies' },
] as const;
const listFormat = new Intl.ListFormat('en', { type: 'conjunction' });

/** Removes a person, or leaves; asks first who gets what is open of theirs. */
export function RemoveMemberDialog(props: { member: Member; onClose: () => void; onDone: () => void }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const isMe = () => props.member.id === workspace.me.id;
  const name = () => (isMe() ? 'you' : props.member.name);
  const [heir, setHeir] = createSignal(keep);
  const [open] = createResource(
    () => props.member.id,
    async (id) => {
      const totals = await Promise.all(
        openWork.map(({ path }) => workspace.api<Page<unknown>>('GET', `${path}${encodeURIComponent(id)}&limit=1`)),
      );
      return totals.map(({ total }) => total);
    },
  );
  const counts = () => (open.state === 'ready' ? open() : []);
  const count = () => counts().reduce((sum, each) => sum + each, 0);
  const countText = () =>
    listFormat.format(
      openWork.flatMap(({ one, many }, at) => {
        const n = counts()[at] ?? 0;
        return n === 0 ? [] : [`${n.toLocaleString()} ${n === 1 ? one : many}`];
      }),
    );
  const heirs = () => [
    { id: keep, label: isMe() ? 'Stay mine' : `Stay with ${props.member.name}’s name` },
    { id: nobody, label: 'Nobody' },
    ...[...workspace.members().values()]
      .filter(({ id, status }) => id !== props.member.id && status !== 'removed')
      .map(({ id, name }) => ({ id, label: name })),
  ];
  const remove = async () => {
    if (isBusy()) return;
    const { id, name } = props.member;
    const chosen = heir();
    const query = chosen === keep ? '' : `?dealsTo=${chosen}`;
    if (!(await run(() => workspace.api('DELETE', `/members/${id}${query}`)))) return;
    if (isMe()) {
      forgetHistories();
      location.assign('/');
      return;
    }
    const after =
      count() === 0 || chosen === keep
        ? 'What is theirs keeps their name'
        : `${countText()} went to ${chosen === nobody ? 'nobody' : (workspace.members().get(chosen)?.name ?? '')}`;
    workspace.toast({ text: `${name} was removed. ${after}` });
    props.onDone();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={isMe() ? 'Leave this workspace' : `Remove ${props.member.name}`}
      action={{ label: isMe() ? 'Leave' : 'Remove', run: () => void remove(), busy: isBusy(), isDangerous: true }}
    >
      <FormProblem text={problem()} />
      <p>
        It takes effect at once, on every device: what is kept there of this workspace is deleted. The history keeps{' '}
        {isMe() ? 'your name' : 'the name'}.
      </p>
      <Show when={count() > 0 && workspace.me.role !== 'viewer'}>
        <Select
          label={`Who gets the ${countText()} of ${name()}?`}
          value={heir()}
          onChange={setHeir}
          options={heirs()}
        />
      </Show>
    </Dialog>
  );
}
