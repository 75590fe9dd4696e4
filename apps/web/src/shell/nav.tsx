import { Avatar } from '@rapport/ui/avatar';
import type { Shared } from '@rapport/domain/access/share';
import { Icon, type IconOf } from '@rapport/ui/icon';
import { A, useLocation } from '@solidjs/router';
import Activity from 'lucide-solid/icons/activity';
import ChartColumn from 'lucide-solid/icons/chart-column';
import FileText from 'lucide-solid/icons/file-text';
import Funnel from 'lucide-solid/icons/funnel';
import Inbox from 'lucide-solid/icons/inbox';
import { BoardIcon } from './board-icon.tsx';
import Building from 'lucide-solid/icons/building';
import ClipboardList from 'lucide-solid/icons/clipboard-list';
import Settings from 'lucide-solid/icons/settings';
import Table2 from 'lucide-solid/icons/table-2';
import User from 'lucide-solid/icons/user';
import { For, type JSX, Show } from 'solid-js';
import { createObserved } from '../workspace/create-status.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { SharedMark } from '../access/shared-mark.tsx';
import { HereNow } from './here-now.tsx';
import { NewPipelineLine } from './new-pipeline.tsx';
import { useShell } from './shell-state.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

/** The left navigation: only what exists. */
export function Nav() {
  const workspace = useWorkspace();
  const base = `/w/${workspace.workspaceId}`;
  const status = createObserved(workspace.session.status);
  const shell = useShell();
  const leads = () => workspace.leadBoards()?.reduce((sum, { open }) => sum + open, 0) || undefined;
  const mayMake = () => workspace.me.role !== 'viewer';
  return (
    <nav class="nav" aria-label="Main">
      <WorkspaceMenu />
      <NavLine href={`${base}/inbox`} icon={Inbox} count={shell.unread()}>
        Inbox
      </NavLine>
      <NavLine href={`${base}/live`} icon={Activity}>
        Live
      </NavLine>
      <div class="nav-scroll">
        <h2 class="nav-h">Sell</h2>
        <NavLine href={`${base}/leads`} icon={Funnel} count={leads()}>
          Leads
        </NavLine>
        <For each={workspace.boards()}>
          {(board) => (
            <NavLine href={`${base}/b/${board.id}`} icon={BoardIcon} count={board.open} shared={board.shared}>
              {board.name}
            </NavLine>
          )}
        </For>
        <Show when={mayMake()}>
          <NewPipelineLine />
        </Show>
        <NavLine href={`${base}/deals`} icon={Table2}>
          Deals
        </NavLine>
        <h2 class="nav-h">Customers</h2>
        <NavLine href={`${base}/contacts`} icon={User}>
          Contacts
        </NavLine>
        <NavLine href={`${base}/companies`} icon={Building}>
          Companies
        </NavLine>
        <NavLine href={`${base}/forms`} icon={ClipboardList}>
          Forms
        </NavLine>
        <h2 class="nav-h">Together</h2>
        <NavLine href={`${base}/library`} icon={FileText}>
          Library
        </NavLine>
        <NavLine href={`${base}/reports`} icon={ChartColumn}>
          Reports
        </NavLine>
      </div>
      <div class="foot">
        <HereNow />
        <div class="nav-line" />
        <div class="row me">
          <Avatar
            person={{ ...workspace.me, state: 'here' }}
            showsState={status().connection !== 'offline'}
            decorative
          />
          <A href={`${base}/settings/profile`} class="ellip grow med">
            {workspace.me.name}
          </A>
          <A href={`${base}/settings`} class="btn ghost icon sm" aria-label="Settings" title="Settings">
            <Icon of={Settings} />
          </A>
        </div>
      </div>
    </nav>
  );
}

function NavLine(props: {
  href: string;
  icon: IconOf;
  count?: number | undefined;
  shared?: Shared | undefined;
  children: JSX.Element;
}) {
  const location = useLocation();
  const isHere = () => location.pathname === props.href || location.pathname.startsWith(`${props.href}/`);
  return (
    <A href={props.href} class="nav-i" aria-current={isHere() ? 'page' : undefined}>
      <Icon of={props.icon} />
      <span class="ellip">{props.children}</span>
      <Show when={props.shared !== undefined && props.shared !== 'everyone' && props.shared}>
        {(shared) => <SharedMark shared={shared()} />}
      </Show>
      <Show when={props.count !== undefined}>
        <span class="count">{props.count?.toLocaleString()}</span>
      </Show>
    </A>
  );
}
