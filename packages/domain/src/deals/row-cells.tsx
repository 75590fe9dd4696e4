import { Avatar } from '@rapport/ui/avatar';
import type { Person } from '@rapport/ui/logic/person';
import { useDealBoard } from './deal-board-context.tsx';

/** A card's title in a table: a press opens the card. */
export function TitleCell(props: { id: string; title: string | null | undefined }) {
  const board = useDealBoard();
  return (
    <button
      type="button"
      class="title-b ellip med"
      dir="auto"
      data-row={props.id}
      tabindex="-1"
      onClick={() => board.openDeal(props.id)}
    >
      {props.title ?? 'Untitled'}
    </button>
  );
}

export const OwnerCell = (props: { person: Person }) => (
  <span class="row owner-cell">
    <Avatar person={props.person} size={18} decorative />
    <span class="ellip">{props.person.name}</span>
  </span>
);
