import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument, WorkspaceClient } from './client.ts';

/**
 * A document while it is opened: first nothing, then the document (again when it is replaced), or why not. `latest` is the
 * newest one from the start and to the end, for what is drawn once `doc` is there and outlives each replacement.
 */
export function createOpenDocument(
  workspace: WorkspaceClient,
  docName: string,
): {
  document: OpenDocument;
  doc: Accessor<Y.Doc | undefined>;
  latest: Accessor<Y.Doc>;
  problem: Accessor<string | undefined>;
  /** Nothing to show yet: this device does not have it, and there is no connection. It opens by itself later. */
  isAway: Accessor<boolean>;
} {
  const document = workspace.open(docName);
  const [doc, setDoc] = createSignal<Y.Doc>();
  const latest = createMemo<Y.Doc>((before) => doc() ?? before, document.doc);
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
  const [isAway, setAway] = createSignal(document.isAway());
  const unwatchAway = document.onAway(() => setAway(document.isAway()));
  const stop = document.onReplaced((next) => isReady && setDoc(() => next));
  onCleanup(() => {
    isOver = true;
    stop();
    unwatch();
    unwatchAway();
    document.release();
  });
  return { document, doc, latest, problem, isAway };
}
