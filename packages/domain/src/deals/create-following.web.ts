import type { BoardHandle } from '@rapport/ui/logic/board';
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { createOwnActs } from '../create-own-acts.web.ts';
import type { DealBoard } from './deal-board-context.tsx';

/** Follows a colleague's view (filters, open deal, the card they hold) until this person acts on their own. */
export function createFollowing(
  board: DealBoard,
  handle: Accessor<BoardHandle | undefined>,
): { following: Accessor<string | null>; follow: (memberId: string | null) => void } {
  const [following, setFollowing] = createSignal<string | null>(null);
  const followed = () => board.people.here().find(({ member }) => member.id === following());
  createOwnActs(() => {
    if (following() === null) return;
    const name = followed()?.member.name ?? 'your colleague';
    setFollowing(null);
    board.workspace.announce(`No longer following ${name}.`);
  });
  createEffect(
    on(
      () => followed()?.presence.view,
      (view) => view !== undefined && board.showQuery(view, {}, 'replace'),
    ),
  );
  createEffect(
    on(
      () => followed()?.presence.drag?.ids[0] ?? followed()?.presence.record,
      (card) => card != null && handle()?.focusCard(card),
    ),
  );
  createEffect(() => {
    // They left the board.
    if (following() !== null && !followed()) setFollowing(null);
  });
  return {
    following,
    follow(memberId) {
      setFollowing(memberId);
      const name = followed()?.member.name;
      if (name) board.workspace.announce(`Following ${name}. Anything you do on the board ends it.`);
    },
  };
}
