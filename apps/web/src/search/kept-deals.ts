import { type Accessor, createEffect, createSignal, onCleanup, untrack } from 'solid-js';
import { type KnownDeal, knownDeals } from '../shell/known-deals.ts';
import type { Workspace } from '../workspace/client.ts';

const mostBoards = 8;
const patienceMs = 2000;

/** Deals that this device has: those of the boards that are open, and without the server those of boards that it keeps. */
export function createKeptDeals(workspace: Workspace, isAway: Accessor<boolean>): Accessor<readonly KnownDeal[]> {
  const [deals, setDeals] = createSignal<readonly KnownDeal[]>(knownDeals(workspace));
  createEffect(() => {
    if (!isAway()) return;
    let isOver = false;
    const held: (() => void)[] = [];
    const openAll = async () => {
      // One after another: reading a large board keeps the page busy.
      for (const { doc } of (workspace.boards() ?? []).slice(0, mostBoards)) {
        if (isOver || workspace.openNow(doc) !== undefined) continue;
        const document = workspace.open(doc);
        held.push(() => document.release());
        // A board that this device does not keep is not ready before the server is back.
        await Promise.race([
          document.ready.catch(() => undefined),
          new Promise((resolve) => setTimeout(resolve, patienceMs)),
        ]);
        if (!isOver) setDeals(knownDeals(workspace));
      }
    };
    void untrack(openAll);
    onCleanup(() => {
      isOver = true;
      for (const release of held) release();
    });
  });
  return deals;
}
