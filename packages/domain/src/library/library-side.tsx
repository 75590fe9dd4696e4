import { Icon, type IconOf } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Clock from 'lucide-solid/icons/clock';
import FolderOpen from 'lucide-solid/icons/folder-open';
import FolderPlus from 'lucide-solid/icons/folder-plus';
import LayoutTemplate from 'lucide-solid/icons/layout-template';
import Library from 'lucide-solid/icons/library';
import Lock from 'lucide-solid/icons/lock';
import Star from 'lucide-solid/icons/star';
import Trash from 'lucide-solid/icons/trash';
import User from 'lucide-solid/icons/user';
import Users from 'lucide-solid/icons/users';
import { For, Show, createMemo, createSignal } from 'solid-js';
import type { FolderNode, LibraryPlace } from './create-library.web.ts';
import { dragsItems, draggedItems } from './drag-items.web.ts';
import { ItemIcon } from './item-icon.tsx';
import { openedFolders, setFolderOpen } from './opened-folders.web.ts';
import type { LibraryItem, LibraryView } from './library-item.ts';

const views: readonly { view: LibraryView; label: string; icon: IconOf }[] = [
  { view: 'folder', label: 'Library', icon: Library },
  { view: 'recent', label: 'Recent', icon: Clock },
  { view: 'favourites', label: 'Favourites', icon: Star },
  { view: 'mine', label: 'Mine', icon: User },
  { view: 'shared', label: 'Shared with me', icon: Users },
  { view: 'templates', label: 'Templates', icon: LayoutTemplate },
  { view: 'bin', label: 'Bin', icon: Trash },
];

export const viewLabel = (view: LibraryView): string =>
  view === 'all' ? 'Everything' : (views.find((each) => each.view === view)?.label ?? 'Library');

interface SideProps {
  readonly place: LibraryPlace;
  readonly folders: readonly FolderNode[];
  readonly tags: readonly { tag: string; count: number }[];
  readonly hrefOf: (place: Partial<LibraryPlace>) => string;
  readonly mayMake: boolean;
  readonly onNewFolder: () => void;
  readonly onMove: (items: readonly LibraryItem[], folder: string | null, name: string) => void;
}

/** The ways into the library: views, the tree of folders, tags. Things are dropped on a folder to move them there. */
export function LibrarySide(props: SideProps) {
  const children = createMemo(() => Map.groupBy(props.folders, ({ folder }) => folder));
  const known = createMemo(() => new Set(props.folders.map(({ id }) => id)));
  // A folder in one that is hidden stands at the top.
  const roots = () => props.folders.filter(({ folder }) => folder === null || !known().has(folder));
  const isHere = (view: LibraryView) =>
    props.place.q === '' && props.place.tag === null && props.place.view === view && props.place.folder === null;
  const [over, setOver] = createSignal<LibraryView>();
  return (
    <nav class="lib-side" aria-label="Library">
      <For each={views}>
        {({ view, label, icon }) => (
          <a
            href={props.hrefOf({ view })}
            class={`nav-i${over() === view ? ' drop' : ''}`}
            aria-current={isHere(view) ? 'page' : undefined}
            {...(view === 'folder'
              ? dropsOn({
                  onOver: (isOver) => setOver(isOver ? view : undefined),
                  onDrop: (items) => props.onMove(items, null, 'the library'),
                })
              : {})}
          >
            <Icon of={icon} />
            <span class="ellip">{label}</span>
          </a>
        )}
      </For>
      <div class="row lib-h">
        <h2 class="nav-h grow">Folders</h2>
        <Show when={props.mayMake}>
          <IconButton icon={FolderPlus} size="sm" label="New folder" onClick={() => props.onNewFolder()} />
        </Show>
      </div>
      <Show
        when={roots().length > 0}
        fallback={<p class="small t3 lib-none">Folders keep notes and files of one matter together.</p>}
      >
        <ul class="lib-tree">
          <For each={roots()}>
            {(folder) => <TreeFolder folder={folder} below={children()} depth={0} side={props} />}
          </For>
        </ul>
      </Show>
      <Show when={props.tags.length > 0}>
        <h2 class="nav-h">Tags</h2>
        <div class="lib-tags">
          <For each={props.tags.slice(0, 40)}>
            {({ tag }) => (
              <a
                class="label"
                href={props.hrefOf({ view: 'all', tag })}
                aria-current={props.place.tag === tag ? 'page' : undefined}
                dir="auto"
              >
                {tag}
              </a>
            )}
          </For>
        </div>
      </Show>
    </nav>
  );
}

/** A folder on a line with those in it below, when it is opened. */
function TreeFolder(props: {
  folder: FolderNode;
  below: ReadonlyMap<string | null, readonly FolderNode[]>;
  depth: number;
  side: SideProps;
}) {
  const inside = () => props.below.get(props.folder.id) ?? [];
  const isOpen = () => openedFolders().has(props.folder.id);
  const isHere = () => props.side.place.folder === props.folder.id && props.side.place.q === '';
  const [isOver, setOver] = createSignal(false);
  return (
    <li>
      <div class={`lib-node row${isOver() ? ' drop' : ''}`} style={{ 'padding-inline-start': `${props.depth * 14}px` }}>
        <Show when={inside().length > 0} fallback={<span class="lib-twist" />}>
          <button
            type="button"
            class={`lib-twist${isOpen() ? ' open' : ''}`}
            aria-expanded={isOpen()}
            aria-label={`Folders in ${props.folder.name}`}
            onClick={() => setFolderOpen(props.folder.id, !isOpen())}
          >
            <Icon of={ChevronRight} size={14} />
          </button>
        </Show>
        <a
          class="nav-i grow"
          href={props.side.hrefOf({ view: 'folder', folder: props.folder.id })}
          aria-current={isHere() ? 'page' : undefined}
          onKeyDown={(event) => {
            if (inside().length === 0 || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
            event.preventDefault();
            setFolderOpen(props.folder.id, event.key === 'ArrowRight');
          }}
          {...dropsOn({
            onOver: setOver,
            onDrop: (items) => props.side.onMove(items, props.folder.id, `“${props.folder.name}”`),
          })}
        >
          <Show when={isHere()} fallback={<ItemIcon noun="folder" />}>
            <Icon of={FolderOpen} />
          </Show>
          <span class="ellip" dir="auto">
            {props.folder.name}
          </span>
          <Show when={props.folder.shared !== 'everyone'}>
            <Icon
              of={props.folder.shared === 'private' ? Lock : Users}
              size={12}
              label={props.folder.shared === 'private' ? 'Private' : 'Shared with some'}
            />
          </Show>
        </a>
      </div>
      <Show when={isOpen() && inside().length > 0}>
        <ul>
          <For each={inside()}>
            {(folder) => <TreeFolder folder={folder} below={props.below} depth={props.depth + 1} side={props.side} />}
          </For>
        </ul>
      </Show>
    </li>
  );
}

/** What an element needs so that lines of the library can be dropped on it. */
export function dropsOn(options: {
  onOver: (isOver: boolean) => void;
  onDrop: (items: readonly LibraryItem[]) => void;
}) {
  return {
    onDragOver: (event: DragEvent) => {
      if (!dragsItems(event)) return;
      event.preventDefault();
      event.stopPropagation();
      options.onOver(true);
    },
    onDragLeave: () => options.onOver(false),
    onDrop: (event: DragEvent) => {
      options.onOver(false);
      if (!dragsItems(event)) return;
      event.preventDefault();
      event.stopPropagation();
      options.onDrop(draggedItems());
    },
  };
}
