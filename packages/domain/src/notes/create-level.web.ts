import { createSignal, onCleanup, type Accessor } from 'solid-js';
import type { OpenDocument, WorkspaceClient } from '../client.ts';

export interface Level {
  readonly mayEdit: Accessor<boolean>;
  readonly mayComment: Accessor<boolean>;
}

/**
 * What this person may do with a note. The wire knows reading and writing; that somebody who reads may comment, the
 * server says.
 */
export function createLevel(workspace: WorkspaceClient, document: OpenDocument, noteId: string): Level {
  const [mayEdit, setMayEdit] = createSignal(document.access() === 'write');
  const [isCommenter, setCommenter] = createSignal(false);
  let isOver = false;
  const ask = async () => {
    if (document.access() === 'write') return;
    try {
      const { access } = await workspace.api<{ access: string }>('GET', `/notes/${noteId}`);
      if (!isOver) setCommenter(access === 'comment');
    } catch {
      // Unreachable: commenting waits for the server anyway.
      if (!isOver) setCommenter(false);
    }
  };
  const stops = [
    document.onAccess(() => {
      setMayEdit(document.access() === 'write');
      void ask();
    }),
    workspace.onChanged(['access'], () => void ask()),
  ];
  void ask();
  onCleanup(() => {
    isOver = true;
    for (const stop of stops) stop();
  });
  return { mayEdit, mayComment: () => mayEdit() || isCommenter() };
}
