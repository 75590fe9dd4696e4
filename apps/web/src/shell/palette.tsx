import { Icon, type IconOf } from '@rapport/ui/icon';
import { Kbd } from '@rapport/ui/kbd';
import { nextIndex } from '@rapport/ui/logic/roving';
import { setTheme, theme } from '@rapport/ui/theme';
import { useLocation, useNavigate } from '@solidjs/router';
import { BoardIcon } from './board-icon.tsx';
import Activity from 'lucide-solid/icons/activity';
import ChartColumn from 'lucide-solid/icons/chart-column';
import CornerDownLeft from 'lucide-solid/icons/corner-down-left';
import Handshake from 'lucide-solid/icons/handshake';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Moon from 'lucide-solid/icons/moon';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings';
import Upload from 'lucide-solid/icons/upload';
import UserPlus from 'lucide-solid/icons/user-plus';
import { For, Show, createEffect, createMemo, createSignal, createUniqueId, onMount } from 'solid-js';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { type Found, findIn, marked } from './palette-search.ts';
import { knownDeals } from './known-deals.ts';
import { useShell } from './shell-state.ts';

interface Line extends Found {
  readonly icon: IconOf;
  readonly run: () => void;
}

const dealsAtOnce = 8;

/** Ctrl/Cmd+K: records first, then places, then what one can do. It searches what is on this device. */
export function Palette(props: { open: boolean; onClose: () => void }) {
  return (
    <Show when={props.open}>
      <OpenPalette onClose={() => props.onClose()} />
    </Show>
  );
}

function createLines() {
  const workspace = useWorkspace();
  const shell = useShell();
  const navigate = useNavigate();
  const location = useLocation();
  const base = `/w/${workspace.workspaceId}`;
  const deals = knownDeals(workspace);
  const records = (): Line[] =>
    deals.map((deal) => ({
      group: 'Deals',
      label: deal.title,
      detail: deal.company,
      end: deal.board,
      icon: Handshake,
      run: () => navigate(`${base}/b/${deal.boardId}?deal=${deal.id}`),
    }));
  const places = (): Line[] => [
    ...(workspace.boards() ?? []).map((board) => ({
      group: 'Go to',
      label: board.name,
      end: `${board.open} open`,
      icon: BoardIcon,
      run: () => navigate(`${base}/b/${board.id}`),
    })),
    { group: 'Go to', label: 'Live', icon: Activity, run: () => navigate(`${base}/live`) },
    { group: 'Go to', label: 'Reports', icon: ChartColumn, run: () => navigate(`${base}/reports`) },
    { group: 'Go to', label: 'Settings', icon: Settings, run: () => navigate(`${base}/settings`) },
  ];
  const isManager = workspace.me.role === 'admin' || workspace.me.role === 'manager';
  const isEditor = workspace.me.role !== 'viewer';
  const actions = (): Line[] => [
    ...(isManager ? [{ group: 'Do', label: 'Invite people', icon: UserPlus, run: () => shell.openInvite() }] : []),
    ...(isEditor ? [{ group: 'Do', label: 'New pipeline', icon: Plus, run: () => shell.openNewPipeline() }] : []),
    ...(isEditor ? [{ group: 'Do', label: 'Import', icon: Upload, run: () => navigate(`${base}/import`) }] : []),
    {
      group: 'Do',
      label: theme() === 'dark' ? 'Light theme' : 'Dark theme',
      icon: Moon,
      run: () => setTheme(theme() === 'dark' ? 'light' : 'dark'),
    },
    { group: 'Do', label: 'Show the keys', icon: Keyboard, keys: '?', run: () => shell.openKeys() },
    { group: 'Do', label: 'Sign out', icon: LogOut, run: () => shell.startSignOut() },
  ];
  const here = () => workspace.boards()?.find((board) => location.pathname.startsWith(`${base}/b/${board.id}`))?.name;
  return { records, places, actions, here, total: deals.length };
}

function OpenPalette(props: { onClose: () => void }) {
  const id = createUniqueId();
  const lines = createLines();
  const [text, setText] = createSignal('');
  const [active, setActive] = createSignal(0);
  const found = createMemo(() => {
    const query = text().trim();
    const records = query === '' ? [] : findIn(lines.records(), query).slice(0, dealsAtOnce);
    return [...records, ...findIn(lines.places(), query), ...findIn(lines.actions(), query)];
  });
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  createEffect(() => {
    text();
    setActive(0);
  });
  createEffect(() => document.getElementById(`${id}-${active()}`)?.scrollIntoView({ block: 'nearest' }));
  const pick = (line: Line | undefined) => {
    if (line === undefined) return;
    props.onClose();
    // After the dialog has gone: what runs may open another one.
    queueMicrotask(line.run);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const isHomeOrEnd = event.key === 'Home' || event.key === 'End';
    const next = isHomeOrEnd ? undefined : nextIndex(event.key, active(), found().length, { wraps: true });
    if (next !== undefined) setActive(next);
    else if (event.key === 'Enter') pick(found()[active()]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={(made) => (dialog = made)}
      class="pal"
      aria-label="Find and do"
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onPointerDown={(event) => event.target === dialog && props.onClose()}
      onKeyDown={keys}
    >
      <div class="pin">
        <Icon of={Search} class="t3" size={20} />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={`${id}-${active()}`}
          aria-label="Find and do"
          autocomplete="off"
          spellcheck={false}
          placeholder="Find a deal, a pipeline or something to do"
          value={text()}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Show when={lines.here()}>{(name) => <span class="label wide-only">{name()}</span>}</Show>
        <button type="button" class="kbd" aria-label="Close" onClick={() => props.onClose()}>
          Esc
        </button>
      </div>
      <div class="pl" id={`${id}-list`} role="listbox" aria-label="Results">
        <For each={found()} fallback={<p class="none t3">Nothing here has “{text()}” in its name.</p>}>
          {(line, index) => (
            <>
              <Show when={line.group !== found()[index() - 1]?.group}>
                <div class="menu-h" role="presentation">
                  {line.group}
                </div>
              </Show>
              <div
                id={`${id}-${index()}`}
                role="option"
                aria-selected={index() === active()}
                class={`pi${index() === active() ? ' on' : ''}`}
                onPointerMove={() => setActive(index())}
                onClick={() => pick(line)}
              >
                <span class="w20">
                  <Icon of={line.icon} />
                </span>
                <span class="ellip">
                  <For each={marked(line.label, text())}>
                    {(part) => (part.isHit ? <mark>{part.text}</mark> : <>{part.text}</>)}
                  </For>
                  <Show when={line.detail}>{(detail) => <span class="t3">&ensp;{detail()}</span>}</Show>
                </span>
                <span class="end">
                  {line.end}
                  <Show when={line.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
                  <Show when={index() === active()}>
                    <span class="kbd">
                      <Icon of={CornerDownLeft} size={12} />
                    </span>
                  </Show>
                </span>
              </div>
            </>
          )}
        </For>
      </div>
      <div class="pf">
        <span class="wide-only">
          <Kbd keys="Up" /> <Kbd keys="Down" /> move
        </span>
        <span class="wide-only">
          <Kbd keys="Enter" /> open
        </span>
        <span class="grow" />
        <span class="num">{lines.total} deals on this device</span>
      </div>
    </dialog>
  );
}
