import { Icon } from '@rapport/ui/icon';
import { MenuButton } from '@rapport/ui/menu';
import { A, useLocation, useNavigate } from '@solidjs/router';
import Activity from 'lucide-solid/icons/activity';
import ChartColumn from 'lucide-solid/icons/chart-column';
import { BoardIcon } from './board-icon.tsx';
import Ellipsis from 'lucide-solid/icons/ellipsis';
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
    // Keys help nobody without a keyboard.
    ...menu
      .items()
      .filter(({ id }) => id !== 'keys')
      .map((item, index) => (index === 0 ? { ...item, separated: true } : item)),
  ];
  const pick = (id: string) => (id.startsWith('b ') ? navigate(`${base}/b/${id.slice(2)}`) : menu.pick(id));
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
          </button>
        )}
      </MenuButton>
    </nav>
  );
}
