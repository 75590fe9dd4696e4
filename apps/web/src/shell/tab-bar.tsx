import { Badge } from '@rapport/ui/badge';
import { Icon } from '@rapport/ui/icon';
import { MenuButton } from '@rapport/ui/menu';
import { A, useLocation, useNavigate } from '@solidjs/router';
import Activity from 'lucide-solid/icons/activity';
import ChartColumn from 'lucide-solid/icons/chart-column';
import { BoardIcon } from './board-icon.tsx';
import Building from 'lucide-solid/icons/building';
import Table2 from 'lucide-solid/icons/table-2';
import User from 'lucide-solid/icons/user';
import ClipboardList from 'lucide-solid/icons/clipboard-list';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Funnel from 'lucide-solid/icons/funnel';
import FileText from 'lucide-solid/icons/file-text';
import Inbox from 'lucide-solid/icons/inbox';
import Search from 'lucide-solid/icons/search';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { useShell } from './shell-state.ts';
import { createWorkspaceMenu } from './workspace-menu.tsx';

/** The navigation of phone-sized screens. */
export function TabBar() {
  const workspace = useWorkspace();
  const shell = useShell();
  const location = useLocation();
  const navigate = useNavigate();
  const menu = createWorkspaceMenu();
  const base = `/w/${workspace.workspaceId}`;
  const isIn = (path: string) => (location.pathname.startsWith(`${base}${path}`) ? 'page' : undefined);
  const lines = () => [
    ...(workspace.boards() ?? []).map((board, index) => ({
      id: `b ${board.id}`,
      label: board.name,
      icon: BoardIcon,
      ...(index === 0 ? { heading: 'Sell' } : {}),
    })),
    { id: 'p leads', label: 'Leads', icon: Funnel },
    { id: 'p contacts', label: 'Contacts', icon: User, heading: 'Customers' },
    { id: 'p companies', label: 'Companies', icon: Building },
    { id: 'p deals', label: 'All deals', icon: Table2 },
    { id: 'p forms', label: 'Forms', icon: ClipboardList },
    { id: 'p inbox', label: 'Inbox', icon: Inbox, heading: 'Together', detail: String(shell.unread() ?? '') },
    { id: 'p library', label: 'Library', icon: FileText },
    // Keys help nobody without a keyboard.
    ...menu
      .items()
      .filter(({ id }) => id !== 'keys')
      .map((item, index) => (index === 0 ? { ...item, separated: true } : item)),
  ];
  const pick = (id: string) => {
    if (id.startsWith('b ')) navigate(`${base}/b/${id.slice(2)}`);
    else if (id.startsWith('p ')) navigate(`${base}/${id.slice(2)}`);
    else menu.pick(id);
  };
  return (
    <nav class="tabbar" aria-label="Main">
      <A href={base} end aria-current={isIn('/b/')}>
        <Icon of={BoardIcon} size={20} />
        Board
      </A>
      <A href={`${base}/live`} aria-current={isIn('/live')}>
        <Icon of={Activity} size={20} />
        Live
      </A>
      <A href={`${base}/reports`} aria-current={isIn('/reports')}>
        <Icon of={ChartColumn} size={20} />
        Reports
      </A>
      <button type="button" onClick={() => shell.openPalette()}>
        <Icon of={Search} size={20} />
        Search
      </button>
      <MenuButton label="More" items={lines()} onPick={pick} side="top" align="end">
        {(trigger) => (
          <button type="button" {...trigger}>
            <Icon of={Ellipsis} size={20} />
            More
            <Badge count={shell.unread() ?? 0} label={`${shell.unread() ?? 0} unread`} />
          </button>
        )}
      </MenuButton>
    </nav>
  );
}
