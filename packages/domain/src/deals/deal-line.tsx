import { Avatar } from '@rapport/ui/avatar';
import type { Person } from '@rapport/ui/logic/person';
import { StageMark } from '@rapport/ui/stage-mark';
import { Show } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { stageColour } from './stage-colour.ts';

/** A deal as two lines, for tables on a phone: title and value, then stage, what else matters, and the owner. One tap opens it. */
export function DealLine(props: {
  id: string;
  title: string | null | undefined;
  value: string;
  stageId: string;
  detail: string;
  owner: Person | null;
}) {
  const board = useDealBoard();
  const stage = () => board.store.stage(props.stageId);
  return (
    <button type="button" class="deal-line" data-row={props.id} onClick={() => board.openDeal(props.id)}>
      <span class="row">
        <bdi class="grow ellip med">{props.title ?? 'Untitled'}</bdi>
        <span class="num semi">{props.value}</span>
      </span>
      <span class="row small t2">
        <Show when={stage()}>
          {(now) => <StageMark probability={now().probability} colour={stageColour(now().colour)} />}
        </Show>
        <bdi class="ellip">{stage()?.name ?? 'Unassigned'}</bdi>
        <bdi class="grow ellip t3">{props.detail}</bdi>
        <Show when={props.owner}>{(person) => <Avatar person={person()} size={18} />}</Show>
      </span>
    </button>
  );
}
