import type { WorkspaceClient } from '@rapport/domain/client';
import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** After the page, which is what somebody waits for. */
const afterMs = 1500;

/** How much of the inbox is unread; undefined while there is nothing, or nothing is known. */
export function createUnread(workspace: WorkspaceClient): Accessor<number | undefined> {
  const [unread, setUnread] = createSignal<number>();
  let stop = () => {};
  let isGone = false;
  const start = setTimeout(() => {
    import('./watch-unread.ts').then(
      ({ watchUnread }) => {
        if (!isGone) stop = watchUnread(workspace, (count) => setUnread(count === 0 ? undefined : count));
      },
      // Not on this device yet: the next page tries again.
      () => undefined,
    );
  }, afterMs);
  onCleanup(() => {
    isGone = true;
    clearTimeout(start);
    stop();
  });
  return unread;
}
