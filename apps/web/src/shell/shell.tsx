import { uploadsFlag } from '@rapport/domain/files/uploads-database';
import { createShortcuts, KeysHelp } from '@rapport/ui/keys';
import { LatePart, late, preloadWhenIdle } from '@rapport/ui/late';
import { ShellSlotsContext } from '@rapport/ui/shell-slots';
import { useLocation, useNavigate } from '@solidjs/router';
import {
  ErrorBoundary,
  type JSX,
  Suspense,
  Show,
  createEffect,
  createSignal,
  getOwner,
  onCleanup,
  runWithOwner,
} from 'solid-js';
import { createUnread } from '../inbox/create-unread.ts';
import { createHere } from '../workspace/here.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { Nav } from './nav.tsx';
import { SaveButton, SavePanel } from './save-button.tsx';
import { SearchButton } from './search-button.tsx';
import { ShellContext, type ShellState } from './shell-state.ts';
import { TabBar } from './tab-bar.tsx';

// Fetched after the first page, which need not wait for them.
const loadPalette = () => import('./palette.tsx');
const Palette = late(async () => (await loadPalette()).Palette);
const InviteDialog = late(async () => (await import('../settings/invite-dialog.tsx')).InviteDialog);
const NewPipelineDialog = late(async () => (await import('./new-pipeline-dialog.tsx')).NewPipelineDialog);
const NewRecord = late(async () => (await import('../duplicates/new-record.tsx')).default);
const SignOutDialog = late(async () => (await import('./sign-out-dialog.tsx')).SignOutDialog);

const boardOf = (pathname: string) => /^\/w\/[^/]+\/b\/([^/]+)/.exec(pathname)?.[1];

/** Everything around a workspace's pages: navigation, who is here, saving, search, keys. */
export function Shell(props: { children: JSX.Element }) {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  const { people, setLocation, setCell } = createHere(workspace);
  const [palette, setPalette] = createSignal(false);
  const [invite, setInvite] = createSignal(false);
  const [newPipeline, setNewPipeline] = createSignal(false);
  const [newRecord, setNewRecord] = createSignal<'contact' | 'company'>();
  const [signingOut, setSigningOut] = createSignal(false);

  const owner = getOwner();
  const warmUp = setTimeout(
    () =>
      void loadPalette().then(
        ({ watchOpened }) => runWithOwner(owner, () => watchOpened(workspace)),
        () => undefined,
      ),
    2000,
  );
  onCleanup(() => clearTimeout(warmUp));
  preloadWhenIdle([Palette, SavePanel, InviteDialog, NewPipelineDialog, SignOutDialog]);
  if (localStorage.getItem(uploadsFlag) !== null)
    void import('../library/go-on-uploading.ts').then(
      ({ goOnUploading }) => goOnUploading(workspace),
      () => undefined,
    );
  createEffect(() => {
    const board = boardOf(location.pathname);
    setLocation({ view: location.pathname + location.search, ...(board === undefined ? {} : { board }) });
  });
  const scope = 'Everywhere';
  const base = `/w/${workspace.workspaceId}`;
  createShortcuts([
    { keys: 'Mod+K', label: 'Find and do', scope, inFields: true, run: () => void setPalette(true) },
    { keys: 'Mod+Z', label: 'Undo', scope, run: () => void workspace.undo() },
    { keys: 'Shift+Mod+Z', label: 'Redo', scope, run: () => void workspace.redo() },
    { keys: 'G B', label: 'Go to the board', scope, run: () => navigate(base) },
    { keys: 'G S', label: 'Go to settings', scope, run: () => navigate(`${base}/settings`) },
  ]);
  const shell: ShellState = {
    here: people,
    tellCell: setCell,
    unread: createUnread(workspace),
    openPalette: () => setPalette(true),
    openKeys: () => dispatchEvent(new KeyboardEvent('keydown', { key: '?', shiftKey: true, bubbles: true })),
    openInvite: () => setInvite(true),
    openNewPipeline: () => setNewPipeline(true),
    openNewRecord: (noun) => setNewRecord(noun),
    startSignOut: () => setSigningOut(true),
  };
  const slots = { save: () => <SaveButton />, search: () => <SearchButton /> };
  return (
    <ShellContext.Provider value={shell}>
      <ShellSlotsContext.Provider value={slots}>
        <div class="app">
          <a class="skip btn primary" href="#main">
            Skip to the page
          </a>
          <Nav />
          <main class="main" id="main" tabindex="-1">
            <ErrorBoundary fallback={(error: unknown, reset) => <PageFailed error={error} onRetry={reset} />}>
              <Suspense>{props.children}</Suspense>
            </ErrorBoundary>
          </main>
          <TabBar />
        </div>
        <Show when={palette()}>
          <LatePart>
            <Palette open onClose={() => setPalette(false)} />
          </LatePart>
        </Show>
        <Show when={invite()}>
          <LatePart>
            <InviteDialog open onClose={() => setInvite(false)} />
          </LatePart>
        </Show>
        <Show when={newPipeline()}>
          <LatePart>
            <NewPipelineDialog open onClose={() => setNewPipeline(false)} />
          </LatePart>
        </Show>
        <Show when={newRecord()}>
          {(noun) => (
            <LatePart>
              <NewRecord noun={noun()} onClose={() => setNewRecord(undefined)} />
            </LatePart>
          )}
        </Show>
        <Show when={signingOut()}>
          <LatePart>
            <SignOutDialog open onClose={() => setSigningOut(false)} />
          </LatePart>
        </Show>
        <KeysHelp />
      </ShellSlotsContext.Provider>
    </ShellContext.Provider>
  );
}

/** One page failed; the rest of the shell goes on. A part of the app that is not on this device fails like this too. */
function PageFailed(props: { error: unknown; onRetry: () => void }) {
  const isMissingPart = () => props.error instanceof TypeError && /import|module|fetch/i.test(props.error.message);
  return (
    <div class="page">
      <div class="empty">
        <h3>{isMissingPart() ? 'This page is not on this device yet' : 'This page failed'}</h3>
        <p>
          {isMissingPart()
            ? 'It loads when the server can be reached again.'
            : `${props.error instanceof Error ? props.error.message : 'Something went wrong'}. Your changes are kept.`}
        </p>
        <div class="row">
          <button type="button" class="btn" onClick={() => props.onRetry()}>
            Try again
          </button>
        </div>
      </div>
    </div>
  );
}
