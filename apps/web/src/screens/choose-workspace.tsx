import { Icon } from '@rapport/ui/icon';
import { Logo } from '@rapport/ui/logo';
import { A } from '@solidjs/router';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { For } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { roleNames } from '../api/shapes.ts';
import { Entrance } from './entrance.tsx';

export default function ChooseWorkspace() {
  const { state } = useAccount();
  const workspaces = () => {
    const now = state();
    return now.kind === 'signed-in' ? now.workspaces : [];
  };
  return (
    <Entrance
      title="Your workspaces"
      lead={
        <A href="/new-workspace" class="link">
          Set up another workspace
        </A>
      }
    >
      <ul class="stack choose">
        <For each={workspaces()}>
          {(workspace) => (
            <li>
              <A href={`/w/${workspace.id}`} class="rcard">
                <Logo letter={[...workspace.name][0]?.toLocaleUpperCase() ?? '?'} sizePx={24} />
                <span class="grow">
                  <b class="ellip">{workspace.name}</b>
                  <span class="small t3">{roleNames[workspace.role]}</span>
                </span>
                <Icon of={ChevronRight} class="t3" />
              </A>
            </li>
          )}
        </For>
      </ul>
    </Entrance>
  );
}
