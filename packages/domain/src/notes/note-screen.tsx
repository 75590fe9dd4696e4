import './notes.css';
import { type JSX, Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { DocumentScreen } from '../document-screen.tsx';
import { PlainTop } from '../plain-top.tsx';
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
  return (
    <DocumentScreen
      workspace={props.workspace}
      id={props.noteId}
      docNameOf={noteDocument}
      noun="note"
      loading={<Loading tree={props.tree} />}
      refused={props.refused}
      why="It is not shared with you, or it is not there any more. Ask whoever sent you here."
    >
      {({ id, document, doc }) => (
        // Anew for each document: what replaces it has another text in the editor.
        <Show when={doc()} keyed>
          {(ready) => <NotePage {...props} noteId={id} document={document} doc={ready} />}
        </Show>
      )}
    </DocumentScreen>
  );
}

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
