import type { BoardHandle } from '@rapport/ui/logic/board';
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { DealBoard } from './deal-board-context.tsx';

/** Follows a colleague's view (filters, open deal, the card they hold) until this person acts on their own. */
export function createFollowing(
  board: DealBoard,
  handle: Accessor<BoardHandle | undefined>,
): { following: Accessor<string | null>; follow: (memberId: string | null) => void } {
  const [following, setFollowing] = createSignal<string | null>(null);
  const followed = () => board.people.here().find(({ member }) => member.id === following());
  const stop = (event: Event) => {
    if (following() === null) return;
    const isKey = event instanceof KeyboardEvent;
    const isIn = (where: string) => event.target instanceof Element && event.target.closest(where) !== null;
    // The head's own controls (whom to follow, the menu) are no act on the board; keys that only pass through one are.
    if (isIn('[popover]') || (isIn('.top') && (!isKey || ['Enter', ' ', 'Escape'].includes(event.key)))) return;
    if (isKey && ['Shift', 'Control', 'Alt', 'Meta', 'Tab'].includes(event.key)) return;
    const name = followed()?.member.name ?? 'your colleague';
    setFollowing(null);
    board.workspace.announce(`No longer following ${name}.`);
  };
  for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) addEventListener(kind, stop, { passive: true });
  onCleanup(() => {
    for (const kind of ['pointerdown', 'keydown', 'wheel'] as const) removeEventListener(kind, stop);
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
