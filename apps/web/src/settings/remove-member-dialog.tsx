import type { Member } from '@rapport/domain/people/member';
import { Button } from '@rapport/ui/button';
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

/** Removes a person, or leaves; asks first who gets their open deals. */
export function RemoveMemberDialog(props: { member: Member; onClose: () => void; onDone: () => void }) {
  const workspace = useWorkspace();
  const { run, problem, isBusy } = createTask();
  const isMe = () => props.member.id === workspace.me.id;
  const name = () => (isMe() ? 'you' : props.member.name);
  const [heir, setHeir] = createSignal(keep);
  const [deals] = createResource(
    () => props.member.id,
    async (owner) =>
      (await workspace.api<Page<unknown>>('GET', `/deals?status=open&limit=1&owner=${encodeURIComponent(owner)}`))
        .total,
  );
  const count = () => (deals.state === 'ready' ? deals() : 0);
  const countText = () => (count() === 1 ? '1 open deal' : `${count()} open deals`);
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
        ? 'Their deals keep their name'
        : `${countText()} went to ${chosen === nobody ? 'nobody' : (workspace.members().get(chosen)?.name ?? '')}`;
    workspace.toast({ text: `${name} was removed. ${after}` });
    props.onDone();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={isMe() ? 'Leave this workspace' : `Remove ${props.member.name}`}
      onSubmit={() => void remove()}
      footer={
        <>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button variant="danger" busy={isBusy()} onClick={() => void remove()}>
            {isMe() ? 'Leave' : 'Remove'}
          </Button>
        </>
      }
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
