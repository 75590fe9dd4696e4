import { Avatar } from '@rapport/ui/avatar';
import { Combobox } from '@rapport/ui/combobox';
import type { Option } from '@rapport/ui/option-list';
import { Show } from 'solid-js';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** Whose it is, and handing it over: for its owner and for administrators. */
export function ShareOwner(props: {
  owner: string;
  was: string;
  /** Whether I open it all the same when it is somebody else's. */
  isOpenToMe: boolean;
  onChange: (memberId: string) => void;
}) {
  const workspace = useWorkspace();
  const people = (): Option[] =>
    [...workspace.members().values()]
      .filter(({ id, status }) => status === 'active' || id === props.was)
      .map((member) => ({
        id: member.id,
        label: member.name,
        mark: () => <Avatar person={member} size={18} decorative />,
        detail: member.id === props.was ? 'owns it now' : undefined,
      }));
  const nameOf = (id: string) => workspace.members().get(id)?.name ?? 'Somebody who left';
  const chosen = (): Option => ({ id: props.owner, label: nameOf(props.owner) });
  return (
    <>
      <Combobox
        label="Owner"
        value={chosen()}
        onChange={(option) => props.onChange(option?.id ?? props.was)}
        options={people()}
      />
      <Show when={props.owner !== props.was}>
        <p class="small t2" role="status">
          <bdi>{nameOf(props.owner)}</bdi> will own it once you save, and decide who opens it.{' '}
          {props.was === workspace.me.id && !props.isOpenToMe ? 'You cannot open it any more then.' : ''}
        </p>
      </Show>
    </>
  );
}
