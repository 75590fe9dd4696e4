import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js';
import type { Workspace } from '../workspace/client.ts';
import { keepOpened, openedRecords, type OpenedRecord } from './opened-records.ts';
import type { FoundRecord, SearchReply } from './search-reply.ts';

/** After a key, so that what is typed on is asked for once. */
const afterKeyMs = 60;
const askAgainMs = 400;

export interface ServerSearch {
  /** The newest answer, which may be to fewer letters while the next is under way. Undefined before the first. */
  readonly found: Accessor<{ readonly q: string; readonly items: readonly FoundRecord[] } | undefined>;
  /** The server did not answer: what is on this device is all. */
  readonly isAway: Accessor<boolean>;
  /** What this person opened last, without what they may not open any more. */
  readonly opened: Accessor<readonly OpenedRecord[]>;
}

/** Asks the server as somebody types. */
export function createSearch(workspace: Workspace, q: Accessor<string>): ServerSearch {
  const { workspaceId } = workspace;
  const [opened, setOpened] = createSignal<readonly OpenedRecord[]>(openedRecords(workspaceId));
  const [found, setFound] = createSignal<{ q: string; items: readonly FoundRecord[] }>();
  const [isAway, setAway] = createSignal(false);
  const newest = opened()
    .slice(0, 20)
    .map(({ id }) => id)
    .join(',');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  const ask = async (asked: string): Promise<void> => {
    const mine = ++turn;
    try {
      const path = `/search?limit=20&q=${encodeURIComponent(asked)}&opened=${newest}`;
      const reply = await workspace.api<SearchReply>('GET', path);
      if (mine !== turn) return;
      setAway(false);
      if (asked === '') {
        const known = new Map(reply.items.map((item) => [`${item.noun} ${item.id}`, item]));
        const still = openedRecords(workspaceId).flatMap((record, at) => {
          const now = known.get(`${record.noun} ${record.id}`);
          // Only the first were asked for.
          if (now === undefined) return at < 20 ? [] : [record];
          return [{ ...record, title: now.title, parent: now.parent }];
        });
        keepOpened(workspaceId, still);
        setOpened(still);
        return;
      }
      setFound({ q: asked, items: reply.items });
      if (!reply.isUpToDate) timer = setTimeout(() => void ask(asked), askAgainMs);
    } catch {
      // Whatever the reason, what is on this device can still be found; the list says that it is no more than that.
      if (mine === turn) setAway(true);
    }
  };
  createEffect(
    on(q, (asked) => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(asked), asked === '' ? 0 : afterKeyMs);
    }),
  );
  onCleanup(() => {
    clearTimeout(timer);
    turn = Infinity;
  });
  return { found, isAway, opened };
}
