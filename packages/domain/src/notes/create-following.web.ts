import type { Editor } from '@tiptap/core';
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import { createOwnActs } from '../create-own-acts.web.ts';
import { caretOf } from './carets.web.ts';

/** Keeps a colleague's caret in sight until this person acts on their own. */
export function createFollowing(
  document: OpenDocument,
  workspace: WorkspaceClient,
  editor: Accessor<Editor | undefined>,
): { following: Accessor<string | null>; follow: (memberId: string | null) => void } {
  const [following, setFollowing] = createSignal<string | null>(null);
  const [people, setPeople] = createSignal(document.people(), { equals: false });
  onCleanup(document.onPeople(() => setPeople(document.people())));
  const followed = () => people().filter(({ member }) => member.id === following());
  createOwnActs(() => {
    if (following() === null) return;
    const name = followed()[0]?.member.name ?? 'your colleague';
    setFollowing(null);
    workspace.announce(`No longer following ${name}.`);
  }, true);
  let frame: number | null = null;
  const look = () => {
    frame = null;
    const made = editor();
    const caret = followed()
      .map(({ clientId }) => (made === undefined ? null : caretOf(made, clientId)))
      .find((each) => each !== null);
    const pane = caret?.closest('.note-scroll')?.getBoundingClientRect();
    const at = caret?.getBoundingClientRect();
    if (caret == null || pane === undefined || at === undefined) return;
    // In the middle half it stays where it is, so that the page does not move at every line.
    const slackPx = pane.height / 4;
    if (at.top < pane.top + slackPx || at.bottom > pane.bottom - slackPx) caret.scrollIntoView({ block: 'center' });
  };
  const soon = () => {
    if (following() !== null) frame ??= requestAnimationFrame(look);
  };
  createEffect(
    on(editor, (made) => {
      made?.on('transaction', soon);
      onCleanup(() => made?.off('transaction', soon));
    }),
  );
  createEffect(on([people, following], soon));
  createEffect(() => {
    // They left the note.
    if (following() !== null && followed().length === 0) setFollowing(null);
  });
  onCleanup(() => {
    if (frame !== null) cancelAnimationFrame(frame);
  });
  return {
    following,
    follow(memberId) {
      setFollowing(memberId);
      const name = followed()[0]?.member.name;
      if (memberId !== null && name !== undefined)
        workspace.announce(`Following ${name}. Anything you do in the note ends it.`);
    },
  };
}
