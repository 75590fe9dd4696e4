import type { IconOf } from '@rapport/ui/icon';
import { setTheme, theme } from '@rapport/ui/theme';
import { useLocation, useNavigate } from '@solidjs/router';
import Activity from 'lucide-solid/icons/activity';
import Building from 'lucide-solid/icons/building';
import ChartColumn from 'lucide-solid/icons/chart-column';
import ClipboardList from 'lucide-solid/icons/clipboard-list';
import CopyCheck from 'lucide-solid/icons/copy-check';
import FileText from 'lucide-solid/icons/file-text';
import Funnel from 'lucide-solid/icons/funnel';
import Inbox from 'lucide-solid/icons/inbox';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Moon from 'lucide-solid/icons/moon';
import Plus from 'lucide-solid/icons/plus';
import Settings from 'lucide-solid/icons/settings';
import Table2 from 'lucide-solid/icons/table-2';
import Upload from 'lucide-solid/icons/upload';
import UserPlus from 'lucide-solid/icons/user-plus';
import UserRound from 'lucide-solid/icons/user-round';
import { iconOf } from '../search/record-icons.ts';
import { type RecordLine } from '../search/record-lines.ts';
import { placeOf } from '../search/record-places.ts';
import type { Part } from '../search/search-reply.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { BoardIcon } from './board-icon.tsx';
import { type Found, findIn, marked } from './palette-search.ts';
import { useShell } from './shell-state.ts';

/** One line of the palette. */
export interface Line {
  /** The same line stays marked while answers come in. */
  readonly key: string;
  readonly group: string;
  readonly label: readonly Part[];
  readonly detail: readonly Part[];
  readonly end?: string | undefined;
  readonly keys?: string | undefined;
  readonly icon: IconOf;
  readonly run: () => void;
}

interface Fixed extends Found {
  readonly icon: IconOf;
  readonly run: () => void;
}

/** Places to go and things to do, as far as this person may; and how a record becomes a line. */
export function createLines() {
  const workspace = useWorkspace();
  const shell = useShell();
  const navigate = useNavigate();
  const location = useLocation();
  const base = `/w/${workspace.workspaceId}`;
  const go = (path: string) => () => navigate(base + path);
  const boardNamed = (id: string | null) => workspace.boards()?.find((board) => board.id === id)?.name;
  const isManager = workspace.me.role === 'admin' || workspace.me.role === 'manager';
  const isEditor = workspace.me.role !== 'viewer';

  const places = (): Fixed[] => [
    ...(workspace.boards() ?? []).map((board) => ({
      group: 'Go to',
      label: board.name,
      end: `${board.open.toLocaleString()} open`,
      icon: BoardIcon,
      run: go(`/b/${board.id}`),
    })),
    { group: 'Go to', label: 'Leads', icon: Funnel, run: go('/leads') },
    { group: 'Go to', label: 'Contacts', icon: UserRound, run: go('/contacts') },
    { group: 'Go to', label: 'Companies', icon: Building, run: go('/companies') },
    { group: 'Go to', label: 'Deals', icon: Table2, run: go('/deals') },
    { group: 'Go to', label: 'Inbox', icon: Inbox, run: go('/inbox') },
    { group: 'Go to', label: 'Library', icon: FileText, run: go('/library') },
    { group: 'Go to', label: 'Live', icon: Activity, run: go('/live') },
    { group: 'Go to', label: 'Reports', icon: ChartColumn, run: go('/reports') },
    { group: 'Go to', label: 'Forms', icon: ClipboardList, run: go('/forms') },
    { group: 'Go to', label: 'Duplicates', icon: CopyCheck, run: go('/duplicates') },
    { group: 'Go to', label: 'Settings', icon: Settings, run: go('/settings') },
  ];
  const actions = (): Fixed[] => [
    ...(isManager ? [{ group: 'Do', label: 'Invite people', icon: UserPlus, run: () => shell.openInvite() }] : []),
    ...(isEditor ? [{ group: 'Do', label: 'New pipeline', icon: Plus, run: () => shell.openNewPipeline() }] : []),
    ...(isEditor
      ? [
          { group: 'Do', label: 'New contact', icon: UserRound, run: () => shell.openNewRecord('contact') },
          { group: 'Do', label: 'New company', icon: Building, run: () => shell.openNewRecord('company') },
        ]
      : []),
    ...(isEditor ? [{ group: 'Do', label: 'Import', icon: Upload, run: go('/import') }] : []),
    {
      group: 'Do',
      label: theme() === 'dark' ? 'Light theme' : 'Dark theme',
      icon: Moon,
      run: () => setTheme(theme() === 'dark' ? 'light' : 'dark'),
    },
    { group: 'Do', label: 'Show the keys', icon: Keyboard, keys: '?', run: () => shell.openKeys() },
    { group: 'Do', label: 'Sign out', icon: LogOut, run: () => shell.startSignOut() },
  ];
  const fixed = (q: string): Line[] =>
    [...findIn(places(), q), ...findIn(actions(), q)].map(({ group, label, end, keys, icon, run }) => ({
      key: `${group} ${label}`,
      group,
      label: marked(label, q),
      detail: [],
      end,
      keys,
      icon,
      run,
    }));
  const ofRecord = (group: string, { record, titleParts, detail }: RecordLine): Line[] => {
    const place = placeOf(record.noun);
    // A deal of a board that is not there for this person (any more) leads nowhere.
    const board = record.noun === 'deal' ? boardNamed(record.parent) : undefined;
    if (place === undefined || (record.noun === 'deal' && board === undefined)) return [];
    return [
      {
        key: `${record.noun} ${record.id}`,
        group,
        label: titleParts.length > 0 ? titleParts : [{ text: `${place.label} without a name`, isHit: false }],
        detail,
        end: board ?? place.label,
        icon: iconOf(record.noun),
        run: go(place.path(record)),
      },
    ];
  };
  const here = () => workspace.boards()?.find((board) => location.pathname.startsWith(`${base}/b/${board.id}`))?.name;
  return { fixed, ofRecord, here };
}
