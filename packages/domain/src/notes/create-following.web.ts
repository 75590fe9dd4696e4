import type { Editor } from '@tiptap/core';
import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import { caretOf } from './carets.web.ts';

const acts = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

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
  const end = (event: Event) => {
    if (following() === null) return;
    const isKey = event instanceof KeyboardEvent;
    const isIn = (where: string) => event.target instanceof Element && event.target.closest(where) !== null;
    // The head's own controls (whom to follow, the menu) are no act on the note; keys that only pass through one are.
    if (isIn('[popover]') || (isIn('.top') && (!isKey || ['Enter', ' ', 'Escape'].includes(event.key)))) return;
    if (isKey && ['Shift', 'Control', 'Alt', 'Meta', 'Tab'].includes(event.key)) return;
    const name = followed()[0]?.member.name ?? 'your colleague';
    setFollowing(null);
    workspace.announce(`No longer following ${name}.`);
  };
  for (const kind of acts) addEventListener(kind, end, { passive: true, capture: true });
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
    for (const kind of acts) removeEventListener(kind, end, { capture: true });
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
