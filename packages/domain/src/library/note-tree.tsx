import './library.css';
import { Icon } from '@rapport/ui/icon';
import { IconButton } from '@rapport/ui/icon-button';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import FileText from 'lucide-solid/icons/file-text';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import { For, Show, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { FolderNode } from './create-library.web.ts';
import { ItemIcon } from './item-icon.tsx';
import { openedFolders, setFolderOpen } from './opened-folders.web.ts';

interface NoteLine {
  readonly id: string;
  readonly name: string;
}
interface Known {
  readonly folders: readonly FolderNode[];
  /** Notes by the folder that they lie in; '' is the library itself. */
  readonly notes: ReadonlyMap<string, readonly NoteLine[]>;
}

const refreshAfterMs = 2000;
const notesShown = 200;
/** What was known last, so that going from note to note does not draw the tree from nothing. */
const lastKnown = new WeakMap<WorkspaceClient, Known>();

/** Folders and the notes in them, beside a note. */
export function NoteTree(props: {
  workspace: WorkspaceClient;
  /** The note that is shown. */
  noteId: string;
  noteHref: (id: string) => string;
  libraryHref: string;
  onNew: (folder: string | null) => void;
  onSearch: () => void;
}) {
  // One tree is of one workspace.
  /* eslint-disable solid/reactivity */
  const { workspace } = props;
  /* eslint-enable solid/reactivity */
  const [known, setKnown] = createSignal<Known>(lastKnown.get(workspace) ?? { folders: [], notes: new Map() });
  const [folder, setFolder] = createSignal<string | null>(null);
  let isGone = false;

  const notesIn = async (id: string): Promise<readonly NoteLine[]> => {
    const where = id === '' ? '' : `&folder=${id}`;
    return (
      await workspace.api<{ items: NoteLine[] }>('GET', `/library?view=folder&noun=note&limit=${notesShown}${where}`)
    ).items;
  };
  const load = async () => {
    try {
      const { items: folders } = await workspace.api<{ items: FolderNode[] }>('GET', '/folders?limit=500');
      const ids = ['', ...folders.map(({ id }) => id).filter((id) => openedFolders().has(id))];
      const notes = new Map(
        await Promise.all(ids.map(async (id): Promise<[string, readonly NoteLine[]]> => [id, await notesIn(id)])),
      );
      if (isGone) return;
      setKnown({ folders, notes });
      lastKnown.set(workspace, known());
    } catch {
      // Without a network the note is there, and the tree is as it was.
    }
  };
  // The way to the note that is shown stands open.
  const openWay = async (id: string) => {
    const before = openedFolders();
    try {
      const note = await workspace.api<{ items: { folder: string | null }[] }>(
        'GET',
        `/library?view=favourites&keys=note/${id}`,
      );
      const inside = note.items[0]?.folder ?? null;
      setFolder(inside);
      if (inside !== null) {
        const { path } = await workspace.api<{ path: { id: string }[] }>(
          'GET',
          `/library?view=folder&folder=${inside}&limit=1`,
        );
        // What the person closed meanwhile stays closed.
        for (const each of path) if (!before.has(each.id)) setFolderOpen(each.id, true);
      }
    } catch {
      // As above.
    }
    await load();
  };
  createEffect(
    on(
      () => props.noteId,
      (id) => void openWay(id),
    ),
  );
  createEffect(on(openedFolders, () => void load(), { defer: true }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  // The note that is shown changes its row with every key.
  onCleanup(
    workspace.onChanged(['folders', 'notes', 'access'], () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, refreshAfterMs);
    }),
  );
  onCleanup(() => {
    isGone = true;
    clearTimeout(timer);
  });

  const below = createMemo(() => Map.groupBy(known().folders, (each) => each.folder));
  const ids = createMemo(() => new Set(known().folders.map(({ id }) => id)));
  const roots = () => known().folders.filter((each) => each.folder === null || !ids().has(each.folder));
  const notes = (id: string, depth: number) => (
    <For each={known().notes.get(id) ?? []}>
      {(note) => (
        <li>
          <a
            class="nav-i"
            href={props.noteHref(note.id)}
            aria-current={note.id === props.noteId ? 'page' : undefined}
            style={{ 'padding-inline-start': `${depth * 14 + 26}px` }}
          >
            <Icon of={FileText} />
            <span class="ellip" dir="auto">
              {note.name === '' ? 'Untitled' : note.name}
            </span>
          </a>
        </li>
      )}
    </For>
  );
  const branch = (each: FolderNode, depth: number) => {
    const isOpen = () => openedFolders().has(each.id);
    return (
      <li>
        <button
          type="button"
          class="nav-i lib-branch"
          aria-expanded={isOpen()}
          style={{ 'padding-inline-start': `${depth * 14 + 4}px` }}
          onClick={() => setFolderOpen(each.id, !isOpen())}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
            event.preventDefault();
            setFolderOpen(each.id, event.key === 'ArrowRight');
          }}
        >
          <span class={`lib-twist${isOpen() ? ' open' : ''}`}>
            <Icon of={ChevronRight} size={14} />
          </span>
          <ItemIcon noun="folder" />
          <span class="ellip" dir="auto">
            {each.name}
          </span>
        </button>
        <Show when={isOpen()}>
          <ul>
            <For each={below().get(each.id) ?? []}>{(inner) => branch(inner, depth + 1)}</For>
            {notes(each.id, depth + 1)}
          </ul>
        </Show>
      </li>
    );
  };
  return (
    <nav class="lib-side note-tree" aria-label="Notes">
      <div class="row lib-h">
        <a class="med grow nt-title" href={props.libraryHref}>
          Library
        </a>
        <IconButton icon={Search} size="sm" label="Find in the library" onClick={() => props.onSearch()} />
        <Show when={workspace.me.role !== 'viewer'}>
          <IconButton icon={Plus} size="sm" label="New note here" onClick={() => props.onNew(folder())} />
        </Show>
      </div>
      <ul class="lib-tree">
        <For each={roots()}>{(each) => branch(each, 0)}</For>
        {notes('', 0)}
      </ul>
    </nav>
  );
}
