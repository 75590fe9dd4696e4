import { createSignal, onCleanup } from 'solid-js';
import type { OpenDocument, WorkspaceClient } from '../client.ts';

/** Who writes a comment right now, and where: in a thread (its id) or a new one ({@link newThread}). */
export interface Writing {
  /** Names of colleagues who write there; reactive. */
  in(thread: string): readonly string[];
  /** Says that this person writes there, or nowhere any more. */
  say(thread: string | null): void;
}

export const newThread = 'new';

/** Somebody who stopped in the middle is not shown as writing for ever. */
const silentAfterMs = 8000;

/** Lives as long as the calling component. */
export function createWriting(document: OpenDocument, workspace: WorkspaceClient): Writing {
  const read = (): Record<string, string[]> => {
    const names: Record<string, string[]> = {};
    for (const { member, presence } of document.people()) {
      const { writing } = presence;
      if (typeof writing !== 'string' || member.id === workspace.me.id) continue;
      const there = (names[writing] ??= []);
      if (!there.includes(member.name)) there.push(member.name);
    }
    return names;
  };
  const [names, setNames] = createSignal(read(), { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const stop = document.onPeople(() => setNames(read()));
  let said: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (thread: string | null) => {
    clearTimeout(timer);
    if (thread !== null) timer = setTimeout(() => say(null), silentAfterMs);
    if (said === thread) return;
    said = thread;
    // Nothing is said by whoever has left the note already.
    if (document.awareness().getLocalState() !== null) document.awareness().setLocalStateField('writing', thread);
  };
  onCleanup(() => {
    stop();
    say(null);
  });
  return { in: (thread) => names()[thread] ?? [], say };
}
