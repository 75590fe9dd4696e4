import { createShortcuts, type Shortcut } from '@rapport/ui/keys';
import type { DealBoard } from './deal-board-context.tsx';

/** The board's keys. Moving the focus, picking up and selecting are the board component's own. */
export function createBoardKeys(options: {
  board: DealBoard;
  activeIds: () => readonly string[];
  newDeal: () => void;
  search: () => void;
  moveTo: (ids: readonly string[]) => void;
  plan: (dealId: string) => void;
  /** Gives a card the focus; false: there is none. */
  enter: () => boolean;
}): void {
  const { board, activeIds } = options;
  const { words } = board.type;
  const scope = 'Board';
  const onDeals = (run: (ids: readonly string[]) => void) => () => {
    const ids = activeIds();
    if (ids.length === 0 || board.lockReason() !== undefined) return false;
    run(ids);
    return true;
  };
  const keys: readonly Shortcut[] = [
    {
      keys: 'N',
      label: `New ${words.one}`,
      scope,
      run: () => (board.lockReason() === undefined ? options.newDeal() : false),
    },
    { keys: '/', label: `Search ${words.many}`, scope, run: options.search },
    {
      keys: 'Down',
      label: 'To the cards, and from one to the next',
      scope,
      // Where something has the focus, arrows are its own.
      isActive: () => document.activeElement === document.body || document.activeElement?.id === 'main',
      run: options.enter,
    },
    { keys: 'Enter', label: `Open the ${words.one}`, scope, run: () => false },
    { keys: 'Space', label: 'Pick up, then arrows, Space to drop', scope, run: () => false },
    { keys: 'X', label: 'Select', scope, run: () => false },
    {
      keys: 'Esc',
      label: `Clear the selection, close the ${words.one}`,
      scope,
      run: () => {
        if (board.selected().size > 0) board.select(new Set());
        else if (board.view().deal !== null) board.openDeal(null);
        else return false;
        return true;
      },
    },
    { keys: 'M', label: 'Move to…', scope, run: onDeals(options.moveTo) },
    { keys: 'W', label: words.win, scope, run: onDeals((ids) => board.actions.close(ids, 'won')) },
    { keys: 'L', label: words.lose, scope, run: onDeals((ids) => board.actions.close(ids, 'lost')) },
    {
      keys: 'E',
      label: 'Edit the title',
      scope,
      run: onDeals(([id]) => id !== undefined && board.editCard({ id, field: 'title' })),
    },
    { keys: 'A', label: 'Plan the next activity', scope, run: onDeals(([id]) => id !== undefined && options.plan(id)) },
    { keys: 'Del', label: 'Delete', scope, run: onDeals((ids) => board.actions.remove(ids)) },
  ];
  createShortcuts(keys);
}
