import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from '../client.ts';

/** A board's document while it is opened: first nothing, then the document (again when it is replaced), or why not. */
export function createOpenBoard(
  workspace: WorkspaceClient,
  docName: string,
): { document: OpenDocument; doc: Accessor<Y.Doc | undefined>; problem: Accessor<string | undefined> } {
  const document = workspace.open(docName);
  const [doc, setDoc] = createSignal<Y.Doc>();
  const [problem, setProblem] = createSignal<string>();
  let isOver = false;
  let isReady = false;
  document.ready.then(
    () => {
      isReady = true;
      if (!isOver) setDoc(() => document.doc);
    },
    (error: unknown) => {
      if (!isOver) setProblem(error instanceof Error ? error.message : 'It could not be opened.');
    },
  );
  // The right to it can end while it is open: then nothing of it stays on the screen.
  const unwatch = document.onRefusal(() => {
    const refusal = document.refusal();
    if (refusal === null) return;
    setDoc(undefined);
    setProblem(refusal);
  });
  const stop = document.onReplaced((next) => isReady && setDoc(() => next));
  onCleanup(() => {
    isOver = true;
    stop();
    unwatch();
    document.release();
  });
  return { document, doc, problem };
}
