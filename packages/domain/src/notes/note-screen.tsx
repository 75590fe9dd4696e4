import './notes.css';
import { EmptyState } from '@rapport/ui/empty-state';
import { ShellTop } from '@rapport/ui/shell-slots';
import { type JSX, Match, Show, Switch, createSignal, onCleanup } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { createOpenDocument } from '../create-open-document.web.ts';
import { NotOnDevice } from '../not-on-device.tsx';
import type { Links } from './mention-view.tsx';
import { NotePage } from './note-page.tsx';
import { noteDocument } from './schema.ts';

export interface NoteScreenProps {
  readonly workspace: WorkspaceClient;
  readonly noteId: string;
  readonly links: Links;
  /** Told what the note is called, and again when that changes. */
  readonly onTitle?: (title: string) => void;
  /** A comment that a link leads to: its thread is shown. */
  readonly comment?: string | undefined;
  /** Where the note lies, in the page's head. */
  readonly path?: JSX.Element;
  /** Keeps a file that was dropped or pasted and answers where it is; left out, files are not taken. */
  readonly upload?: (file: File) => Promise<{ readonly src: string; readonly isPicture: boolean }>;
  /** Folders and notes beside the text. */
  readonly tree?: JSX.Element;
  /** Opens the dialog of who may open it; left out where there is nobody to share with. */
  readonly onShare?: () => void;
  /** What stands here when the note cannot be opened. */
  readonly refused?: () => JSX.Element;
}

/** A note that people write together, live. */
export function NoteScreen(props: NoteScreenProps) {
  // A note that was refused is asked for again when anything is shared anew.
  const [round, setRound] = createSignal(0);
  let isRefused = false;
  // One screen is in one workspace.
  // eslint-disable-next-line solid/reactivity
  onCleanup(props.workspace.onChanged(['access'], () => isRefused && setRound((last) => last + 1)));
  return (
    <Show when={{ noteId: props.noteId, round: round() }} keyed>
      {({ noteId }) => <OpenNote {...props} noteId={noteId} onRefused={(is) => (isRefused = is)} />}
    </Show>
  );
}

function OpenNote(props: NoteScreenProps & { onRefused: (isRefused: boolean) => void }) {
  // One mount is one note (keyed above), in one workspace.
  // eslint-disable-next-line solid/reactivity
  const { document, doc, problem, isAway } = createOpenDocument(props.workspace, noteDocument(props.noteId));
  return (
    <Switch fallback={<Loading tree={props.tree} />}>
      <Match when={problem()}>
        {(_reason) => {
          props.onRefused(true);
          return (
            <Show
              when={props.refused}
              fallback={
                <>
                  <PlainTop />
                  <div class="page">
                    <EmptyState title="This note cannot be shown">
                      It is not shared with you, or it is not there any more. Ask whoever sent you here.
                    </EmptyState>
                  </div>
                </>
              }
            >
              {(refused) => refused()()}
            </Show>
          );
        }}
      </Match>
      <Match when={doc() === undefined && isAway()}>
        <NotOnDevice noun="note" />
      </Match>
      <Match when={doc()} keyed>
        {(ready) => <NotePage {...props} document={document} doc={ready} />}
      </Match>
    </Switch>
  );
}

const PlainTop = () => (
  <header class="top">
    <span class="grow" />
    <ShellTop />
  </header>
);

/** The page in its final shape, after 150 ms. */
function Loading(props: { tree: JSX.Element }) {
  return (
    <>
      <PlainTop />
      <div class="note-page" aria-busy="true">
        {props.tree}
        <div class="note-scroll">
          <article class="note-doc late">
            <div class="sk" style={{ width: '40%', height: '24px' }} />
            <div class="sk" style={{ width: '24%' }} />
            <div class="sk" />
            <div class="sk" style={{ width: '92%' }} />
            <div class="sk" style={{ width: '70%' }} />
          </article>
        </div>
        <span class="sr" role="status">
          Loading the note
        </span>
      </div>
    </>
  );
}
