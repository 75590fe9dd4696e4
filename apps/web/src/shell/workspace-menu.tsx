import { Icon } from '@rapport/ui/icon';
import { Logo } from '@rapport/ui/logo';
import { MenuButton } from '@rapport/ui/menu';
import type { Option } from '@rapport/ui/option-list';
import { useNavigate } from '@solidjs/router';
import Check from 'lucide-solid/icons/check';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Plus from 'lucide-solid/icons/plus';
import Settings from 'lucide-solid/icons/settings';
import Upload from 'lucide-solid/icons/upload';
import UserPlus from 'lucide-solid/icons/user-plus';
import type { JSX } from 'solid-js';
import { useAccount } from '../account/account.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { useShell } from './shell-state.ts';

const letterOf = (name: string) => [...name.trim()][0]?.toLocaleUpperCase() ?? '?';
const mayInvite = (role: string) => role === 'admin' || role === 'manager';

/** The lines of the workspace's menu and what each does; the phone's More uses them too. */
export function createWorkspaceMenu(): { items: () => Option[]; pick: (id: string) => void } {
  const workspace = useWorkspace();
  const shell = useShell();
  const account = useAccount();
  const navigate = useNavigate();
  const base = `/w/${workspace.workspaceId}`;
  const items = (): Option[] => {
    const now = account.state();
    const others = now.kind === 'signed-in' ? now.workspaces : [];
    const { role } = workspace.me;
    return [
      {
        id: 'invite',
        label: 'Invite people',
        icon: UserPlus,
        ...(mayInvite(role) ? {} : { forbidden: 'A manager or administrator invites' }),
      },
      {
        id: 'import',
        label: 'Import',
        icon: Upload,
        ...(role === 'viewer' ? { forbidden: 'You may only read' } : {}),
      },
      { id: 'settings', label: 'Settings', icon: Settings },
      { id: 'keys', label: 'Keys', icon: Keyboard, keys: '?' },
      ...others.map((other, index) => ({
        id: `to ${other.id}`,
        label: other.name,
        ...(other.id === workspace.workspaceId ? { icon: Check } : { mark: () => <span class="ico" /> }),
        ...(index === 0 ? { heading: 'Workspaces' } : {}),
      })),
      { id: 'new', label: 'New workspace', icon: Plus },
      { id: 'out', label: 'Sign out', icon: LogOut, separated: true },
    ];
  };
  const pick = (id: string) => {
    if (id === 'invite') shell.openInvite();
    else if (id === 'import') navigate(`${base}/import`);
    else if (id === 'settings') navigate(`${base}/settings`);
    else if (id === 'keys') shell.openKeys();
    else if (id === 'new') navigate('/new-workspace');
    else if (id === 'out') shell.startSignOut();
    else navigate(`/w/${id.slice(3)}`);
  };
  return { items, pick };
}

export function WorkspaceMenu(): JSX.Element {
  const workspace = useWorkspace();
  const { items, pick } = createWorkspaceMenu();
  return (
    <MenuButton label="Workspace" items={items()} onPick={pick}>
      {(trigger) => (
        <button type="button" class="ws" {...trigger}>
          <Logo letter={letterOf(workspace.summary().name)} />
          <span class="ellip">{workspace.summary().name}</span>
          <Icon of={ChevronDown} size={12} class="t3" />
        </button>
      )}
    </MenuButton>
  );
}
