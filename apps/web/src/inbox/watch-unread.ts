import { inboxRoot, inboxTables } from '@rapport/domain/inbox/marks';
import type { WorkspaceClient } from '@rapport/domain/client';

const atMostEveryMs = 1000;
const markedAgainMs = 5000;
/** A snooze that is over counts again. */
const againMs = 60_000;

/** Tells how many entries of the inbox are unread, now and whenever that changes. Answers how to stop. */
export function watchUnread(workspace: WorkspaceClient, onCount: (unread: number) => void): () => void {
  let isGone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    try {
      const { unread } = await workspace.api<{ unread: number }>('GET', '/inbox/count');
      if (!isGone) onCount(unread);
    } catch {
      // Without a network the last number stays; it is asked for again when the live channel is back.
    }
  };
  const soon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      void ask();
    }, atMostEveryMs);
  };
  let late: ReturnType<typeof setTimeout> | undefined;
  /** A mark counts when the server has it, which may take a moment on a slow line. */
  const marked = () => {
    soon();
    clearTimeout(late);
    late = setTimeout(() => void ask(), markedAgainMs);
  };
  void ask();
  const document = workspace.open(`member/${workspace.me.id}`);
  let unobserve = () => {};
  const observe = () => {
    unobserve();
    const marks = document.doc.getMap(inboxRoot);
    marks.observe(marked);
    unobserve = () => marks.unobserve(marked);
  };
  observe();
  const unfollow = document.onReplaced(observe);
  const stop = workspace.onChanged(inboxTables, soon);
  const again = setInterval(() => void ask(), againMs);
  return () => {
    isGone = true;
    clearTimeout(timer);
    clearTimeout(late);
    clearInterval(again);
    stop();
    unfollow();
    unobserve();
    document.release();
  };
}
