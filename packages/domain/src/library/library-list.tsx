import type { Option } from '@rapport/ui/option-list';
import { createSignal, For } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { LibraryLine } from './create-library.web.ts';
import type { Selection } from './create-selection.web.ts';
import { LibraryRow } from './library-row.tsx';
import type { LibraryItem } from './library-item.ts';

export type LineAction =
  | 'open'
  | 'rename'
  | 'tags'
  | 'move'
  | 'share'
  | 'star'
  | 'bin'
  | 'restore'
  | 'download'
  | 'purge';

/** What can be done with a line; what may not be stays, with its reason. */
function lineMenu(line: LibraryItem, isStarred: boolean, isAdmin: boolean): readonly Option[] {
  const readOnly = line.access === 'edit' ? {} : { forbidden: 'You may only look' };
  if (line.deletedAt !== null)
    return [
      { id: 'restore', label: 'Restore', ...readOnly },
      ...(line.noun === 'file'
        ? [
            {
              id: 'purge',
              label: 'Delete for good',
              tone: 'danger' as const,
              separated: true,
              ...(isAdmin ? {} : { forbidden: 'An admin does this' }),
            },
          ]
        : []),
    ];
  return [
    { id: 'open', label: 'Open', keys: 'Enter' },
    ...(line.noun === 'file' ? [{ id: 'download', label: 'Download' }] : []),
    { id: 'rename', label: 'Rename', keys: 'F2', ...readOnly },
    ...(line.noun === 'folder' ? [] : [{ id: 'tags', label: 'Tags…', keys: 'T', ...readOnly }]),
    { id: 'move', label: 'Move to…', keys: 'M', ...readOnly },
    { id: 'star', label: isStarred ? 'Take the star off' : 'Star', keys: 'S' },
    ...(line.noun === 'file' ? [] : [{ id: 'share', label: 'Share…' }]),
    { id: 'bin', label: 'Put into the bin', keys: 'Delete', tone: 'danger' as const, separated: true, ...readOnly },
  ];
}

const keysOf: Readonly<Record<string, LineAction>> = {
  F2: 'rename',
  m: 'move',
  t: 'tags',
  s: 'star',
  Delete: 'bin',
  Backspace: 'bin',
};

/** The lines, with one of them in the tab order; arrows move, letters act, X selects. */
export function LibraryList(props: {
  workspace: WorkspaceClient;
  lines: readonly LibraryLine[];
  selection: Selection;
  now: number;
  label: string;
  hrefOf: (line: LibraryLine) => string;
  isStarred: (key: string) => boolean;
  onAct: (action: LineAction, line: LibraryLine) => void;
  onDropInto: (folder: LibraryLine, items: readonly LibraryItem[]) => void;
}) {
  const [active, setActive] = createSignal(0);
  let list: HTMLUListElement | undefined;
  const focus = (index: number) => {
    const next = Math.max(0, Math.min(props.lines.length - 1, index));
    setActive(next);
    list?.querySelectorAll<HTMLElement>('.lib-name > a')[next]?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    const { target } = event;
    if (!(target instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = props.lines.findIndex(({ key }) => key === target.closest('li')?.dataset['key']);
    const line = props.lines[index];
    if (line === undefined) return;
    const action = keysOf[event.key];
    if (event.key === 'ArrowDown') focus(index + 1);
    else if (event.key === 'ArrowUp') focus(index - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(props.lines.length - 1);
    else if (event.key === 'x' || event.key === ' ')
      props.selection.set(line.key, !props.selection.has(line.key), event.shiftKey);
    else if (event.key === 'Escape') props.selection.clear();
    else if (action !== undefined && !event.shiftKey) props.onAct(action, line);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul
      ref={(made) => (list = made)}
      class={`lib-list${props.selection.chosen().length > 0 ? ' choosing' : ''}`}
      aria-label={props.label}
      onKeyDown={keys}
      onFocusIn={(event) => {
        const index = props.lines.findIndex(({ key }) => key === event.target.closest('li')?.dataset['key']);
        if (index >= 0) setActive(index);
      }}
    >
      <For each={props.lines}>
        {(line, index) => (
          <LibraryRow
            workspace={props.workspace}
            line={line}
            href={props.hrefOf(line)}
            now={props.now}
            isSelected={props.selection.has(line.key)}
            isStarred={props.isStarred(line.key)}
            tabIndex={index() === Math.min(active(), props.lines.length - 1) ? 0 : -1}
            menu={lineMenu(line, props.isStarred(line.key), props.workspace.me.role === 'admin')}
            dragged={() => (props.selection.has(line.key) ? props.selection.chosen() : [line])}
            onSelect={(isOn, withShift) => props.selection.set(line.key, isOn, withShift)}
            onStar={() => props.onAct('star', line)}
            onPick={(id) => props.onAct(id as LineAction, line)}
            onOpen={(event) => {
              // A new tab is the browser's.
              if (event.ctrlKey || event.metaKey || event.shiftKey || line.noun !== 'file') return;
              event.preventDefault();
              props.onAct('open', line);
            }}
            onDropInto={
              line.noun === 'folder' && line.access === 'edit' ? (items) => props.onDropInto(line, items) : undefined
            }
          />
        )}
      </For>
    </ul>
  );
}
