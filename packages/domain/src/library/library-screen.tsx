import './library.css';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { IconButton } from '@rapport/ui/icon-button';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { TextField } from '@rapport/ui/text-field';
import FilePlus from 'lucide-solid/icons/file-plus';
import FolderPlus from 'lucide-solid/icons/folder-plus';
import Search from 'lucide-solid/icons/search';
import Upload from 'lucide-solid/icons/upload';
import { For, Match, Show, Suspense, Switch, createEffect, createSignal, lazy, on, onCleanup, onMount } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { chooseFiles } from '../files/choose-files.web.ts';
import { uploadsOf } from '../files/create-uploads.web.ts';
import { createFileDrop } from '../files/drop-files.web.ts';
import { contentUrl } from '../files/file-dialog.tsx';
import { UploadTray } from '../files/upload-tray.tsx';
import { createFavourites } from './create-favourites.web.ts';
import { createLibrary, type LibraryLine, type LibraryPlace } from './create-library.web.ts';
import { createSelection } from './create-selection.web.ts';
import { makeLibraryActions } from './library-actions.web.ts';
import {
  MoveDialog,
  NewFolderDialog,
  NewNoteDialog,
  PurgeDialog,
  RenameDialog,
  TagsDialog,
} from './library-dialogs.tsx';
import type { LibraryItem } from './library-item.ts';
import { emptyWords } from './library-words.ts';
import { type LineAction, LibraryList } from './library-list.tsx';
import { LibrarySide, viewLabel } from './library-side.tsx';
import type { LibraryMemory } from './remembered-lists.ts';

const FileDialog = lazy(async () => ({ default: (await import('../files/file-dialog.tsx')).FileDialog }));

type Asked =
  | { readonly kind: 'folder' | 'note' }
  | { readonly kind: 'rename' | 'purge' | 'tags'; readonly line: LibraryLine }
  | { readonly kind: 'move'; readonly items: readonly LibraryItem[] };

/** Folders, notes and files: the list of one place, and the ways to others. */
export function LibraryScreen(props: {
  workspace: WorkspaceClient;
  place: LibraryPlace;
  hrefOf: (place: Partial<LibraryPlace>) => string;
  onPlace: (place: Partial<LibraryPlace>, how: 'push' | 'replace') => void;
  noteHref: (id: string) => string;
  onNote: (id: string) => void;
  /** What this device knows of earlier visits; left out, nothing is shown without a connection. */
  memory?: LibraryMemory;
  onShare: (thing: { id: string; name: string; isFolder: boolean; inside: string | undefined }) => void;
  /** What a file is attached to, for people; null where there is no way there. */
  placeOf: (place: string) => { label: string; open: () => void } | null;
}) {
  // One screen is in one workspace.
  /* eslint-disable solid/reactivity */
  const { workspace } = props;
  const favourites = createFavourites(workspace);
  const library = createLibrary(workspace, () => props.place, favourites.keys, props.memory);
  /* eslint-enable solid/reactivity */
  const actions = makeLibraryActions(workspace, { refresh: library.refresh });
  const lines = () => library.lines() ?? [];
  const selection = createSelection(lines);
  const [asked, setAsked] = createSignal<Asked>();
  const [now, setNow] = createSignal(workspace.now());
  const timer = setInterval(() => setNow(workspace.now()), 60_000);
  onCleanup(() => clearInterval(timer));
  createEffect(on(() => `${props.place.view} ${props.place.folder}`, selection.clear, { defer: true }));

  const here = () => library.folders().find(({ id }) => id === props.place.folder);
  const folder = () => (props.place.view === 'folder' ? props.place.folder : null);
  const mayMake = () =>
    workspace.me.role !== 'viewer' && (folder() === null || here() === undefined || here()?.access === 'edit');
  const heading = () => {
    if (props.place.q !== '') return `Found: ${props.place.q}`;
    if (props.place.tag !== null) return `Tag: ${props.place.tag}`;
    return library.path().at(-1)?.name ?? viewLabel(props.place.view);
  };
  const nameOfFolder = (id: string | null) => library.folders().find((each) => each.id === id)?.name;

  const upload = (files: readonly File[]) => {
    if (mayMake()) uploadsOf(workspace).add(files, { place: folder() === null ? null : `folder/${folder()}` });
    else workspace.toast({ text: 'Not uploaded. You may only look at this folder.', tone: 'danger' });
  };
  let main: HTMLElement | undefined;
  const drop = createFileDrop(() => main, upload);
  onMount(drop.attach);

  const hrefOf = (line: LibraryLine): string => {
    if (line.noun === 'folder') return props.hrefOf({ view: 'folder', folder: line.id });
    return line.noun === 'note' ? props.noteHref(line.id) : props.hrefOf({ ...props.place, file: line.id });
  };
  const move = async (items: readonly LibraryItem[], to: string | null, name: string) => {
    const moved = items.filter((item) => (item.folder !== to || item.place !== null) && item.id !== to);
    if (moved.length > 0 && (await actions.move(moved, to, name))) selection.clear();
  };
  const act = (action: LineAction, line: LibraryLine) => {
    const mayNot = line.access !== 'edit' && ['rename', 'tags', 'move', 'bin', 'restore'].includes(action);
    if (mayNot) workspace.toast({ text: `You may only look at “${line.name}”.`, tone: 'danger' });
    else if (action === 'open') {
      if (line.noun === 'file') props.onPlace({ ...props.place, file: line.id }, 'push');
      else if (line.noun === 'note') props.onNote(line.id);
      else props.onPlace({ view: 'folder', folder: line.id }, 'push');
    } else if (action === 'download') {
      const link = document.createElement('a');
      link.href = contentUrl(workspace.workspaceId, line.id, { download: true });
      link.download = '';
      link.click();
    } else if (action === 'rename') setAsked({ kind: 'rename', line });
    else if (action === 'tags') {
      if (line.noun !== 'folder') setAsked({ kind: 'tags', line });
    } else if (action === 'move')
      setAsked({ kind: 'move', items: selection.has(line.key) ? selection.chosen() : [line] });
    else if (action === 'star')
      favourites.set(line.key, line.name === '' ? 'Untitled' : line.name, !favourites.keys().includes(line.key));
    else if (action === 'share')
      props.onShare({
        id: line.id,
        name: line.name === '' ? 'Untitled' : line.name,
        isFolder: line.noun === 'folder',
        inside: nameOfFolder(line.folder),
      });
    else if (action === 'restore') void actions.restore([line]);
    else if (action === 'purge') setAsked({ kind: 'purge', line });
    else void actions.bin(selection.has(line.key) ? selection.chosen() : [line]).then(() => selection.clear());
  };
  const makeNote = async (template: string | undefined) => {
    setAsked(undefined);
    const id = await actions.newNote({ folder: folder(), ...(template === undefined ? {} : { template }) });
    if (id !== null) props.onNote(id);
  };
  let typing: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(typing));
  const search = (q: string) => {
    clearTimeout(typing);
    typing = setTimeout(() => props.onPlace({ ...props.place, q: q.trim(), tag: null }, 'replace'), 200);
  };
  const mayChange = () => selection.chosen().every(({ access }) => access === 'edit');

  return (
    <>
      <header class="top">
        <Show when={library.path().length > 1} fallback={<h1 class="ellip">{heading()}</h1>}>
          <nav class="lib-crumbs" aria-label="Where this folder lies">
            <a href={props.hrefOf({})}>Library</a>
            <For each={library.path().slice(0, -1)}>
              {(each) => (
                <>
                  <span aria-hidden="true">/</span>
                  <a class="ellip" dir="auto" href={props.hrefOf({ view: 'folder', folder: each.id })}>
                    {each.name}
                  </a>
                </>
              )}
            </For>
            <span aria-hidden="true">/</span>
          </nav>
          <h1 class="ellip" dir="auto">
            {heading()}
          </h1>
        </Show>
        <span class="grow" />
        <ShellTop />
      </header>
      <div class="lib">
        <LibrarySide
          place={props.place}
          folders={library.folders()}
          tags={library.tags()}
          hrefOf={props.hrefOf}
          mayMake={mayMake()}
          onNewFolder={() => setAsked({ kind: 'folder' })}
          onMove={(items, to, name) => void move(items, to, name)}
        />
        <section ref={(made) => (main = made)} class={`lib-main${drop.isOver() ? ' over' : ''}`} aria-label={heading()}>
          <div class="lib-tools">
            <Show
              when={selection.chosen().length > 0}
              fallback={
                <>
                  <TextField
                    label="Find in the library"
                    hideLabel
                    type="search"
                    icon={Search}
                    placeholder="Find in titles and text"
                    value={props.place.q}
                    onInput={search}
                  />
                  <span class="grow" />
                  <Show when={mayMake()}>
                    <Button icon={Upload} onClick={() => chooseFiles(upload, { many: true })}>
                      Upload
                    </Button>
                    <IconButton
                      icon={FolderPlus}
                      class="phone-only"
                      label="New folder"
                      onClick={() => setAsked({ kind: 'folder' })}
                    />
                    <Button icon={FolderPlus} class="wide-only" onClick={() => setAsked({ kind: 'folder' })}>
                      New folder
                    </Button>
                    <Button icon={FilePlus} variant="primary" onClick={() => setAsked({ kind: 'note' })}>
                      New note
                    </Button>
                  </Show>
                </>
              }
            >
              <div class="lib-chosen" role="toolbar" aria-label="What is selected">
                <span class="med">{selection.chosen().length} selected</span>
                <Show
                  when={props.place.view !== 'bin'}
                  fallback={
                    <Button onClick={() => void actions.restore(selection.chosen()).then(selection.clear)}>
                      Restore
                    </Button>
                  }
                >
                  <Button
                    onClick={() => setAsked({ kind: 'move', items: selection.chosen() })}
                    {...(mayChange() ? {} : { disabledReason: 'You may only look at some of these' })}
                  >
                    Move to…
                  </Button>
                  <Button
                    variant="danger"
                    onClick={() => void actions.bin(selection.chosen()).then(selection.clear)}
                    {...(mayChange() ? {} : { disabledReason: 'You may only look at some of these' })}
                  >
                    Put into the bin
                  </Button>
                </Show>
                <Button variant="ghost" onClick={() => selection.clear()}>
                  Clear
                </Button>
              </div>
            </Show>
          </div>
          <div class="lib-scroll">
            <Show when={library.lines() !== undefined && library.problem() !== null}>
              <p class="small t3 lib-old" role="status">
                As it was when this device was last connected.
              </p>
            </Show>
            <Switch fallback={<SkeletonRows count={8} label="Loading the library" />}>
              <Match when={library.lines() === undefined && library.problem()}>
                {(problem) => (
                  <EmptyState
                    title="The library cannot be had now"
                    action={<Button onClick={() => library.refresh()}>Try again</Button>}
                  >
                    {problem()}
                  </EmptyState>
                )}
              </Match>
              <Match when={library.lines()?.length === 0}>
                <EmptyState title={emptyWords(props.place).title}>{emptyWords(props.place).text}</EmptyState>
              </Match>
              <Match when={library.lines() !== undefined}>
                <LibraryList
                  workspace={workspace}
                  lines={lines()}
                  selection={selection}
                  now={now()}
                  label={heading()}
                  hrefOf={hrefOf}
                  isStarred={(key) => favourites.keys().includes(key)}
                  onAct={act}
                  onDropInto={(into, items) => void move(items, into.id, `“${into.name}”`)}
                />
                <Show when={library.hasMore()}>
                  <div class="lib-more">
                    <Button onClick={() => library.more()}>
                      Show more of {library.total().toLocaleString(navigator.language)}
                    </Button>
                  </div>
                </Show>
              </Match>
            </Switch>
          </div>
        </section>
      </div>
      <UploadTray workspace={workspace} />
      <Show when={asked()} keyed>
        {(what) => (
          <Switch>
            <Match when={what.kind === 'folder'}>
              <NewFolderDialog
                inside={here()?.name ?? null}
                onClose={() => setAsked(undefined)}
                onMake={(name, isPrivate) => {
                  setAsked(undefined);
                  void actions.newFolder(name, folder(), isPrivate);
                }}
              />
            </Match>
            <Match when={what.kind === 'note'}>
              <NewNoteDialog
                workspace={workspace}
                onClose={() => setAsked(undefined)}
                onMake={(template) => void makeNote(template)}
              />
            </Match>
            <Match when={what.kind === 'rename' && what}>
              {(rename) => (
                <RenameDialog
                  name={rename().line.name}
                  onClose={() => setAsked(undefined)}
                  onRename={(name) => void actions.rename(rename().line, name)}
                />
              )}
            </Match>
            <Match when={what.kind === 'tags' && what}>
              {(tagging) => (
                <TagsDialog
                  name={tagging().line.name}
                  tags={tagging().line.tags}
                  known={library.tags().map(({ tag }) => tag)}
                  onClose={() => setAsked(undefined)}
                  onSet={(tags) => void actions.tag(tagging().line, tags)}
                />
              )}
            </Match>
            <Match when={what.kind === 'purge' && what}>
              {(purging) => (
                <PurgeDialog
                  name={purging().line.name}
                  onClose={() => setAsked(undefined)}
                  onPurge={() => {
                    setAsked(undefined);
                    void actions.purge(purging().line);
                  }}
                />
              )}
            </Match>
            <Match when={what.kind === 'move' && what}>
              {(moving) => (
                <MoveDialog
                  folders={library.folders()}
                  without={new Set(moving().items.map(({ id }) => id))}
                  onClose={() => setAsked(undefined)}
                  onMove={(to, name) => {
                    setAsked(undefined);
                    void move(moving().items, to, name);
                  }}
                />
              )}
            </Match>
          </Switch>
        )}
      </Show>
      <Show when={props.place.file} keyed>
        {(fileId) => (
          <Suspense>
            <FileDialog
              workspace={workspace}
              fileId={fileId}
              place={props.placeOf}
              onClose={() => props.onPlace({ ...props.place, file: null }, 'replace')}
            />
          </Suspense>
        )}
      </Show>
    </>
  );
}
