import Plus from 'lucide-solid/icons/plus';
import { IconButton } from '@rapport/ui/icon-button';
import { personClass } from '@rapport/ui/logic/person';
import { StageMark } from '@rapport/ui/stage-mark';
import { tooltip } from '@rapport/ui/tooltip';
import { Show } from 'solid-js';
import { createLaneMoved } from './create-lane-moved.web.ts';
import { useDealBoard } from './deal-board-context.tsx';
import { moneyText } from '../fields/field-text.ts';
import { stageColour } from './stage-colour.ts';
import { unassigned } from '../boards/schema.ts';
import { weightedText } from './weighted-text.ts';

/** Head of a lane: ring, name, count, sum and weighted sum over all of its cards that the view shows, rendered or not. */
export function LaneHeader(props: { stageId: string; onAdd: () => void }) {
  const board = useDealBoard();
  const stage = () => board.store.stage(props.stageId);
  const lane = () => board.store.lane(props.stageId);
  const money = (minor: number) => moneyText({ minor, currency: board.store.meta().currency });
  // A lane's head belongs to one stage.
  // eslint-disable-next-line solid/reactivity
  const moved = createLaneMoved(board, props.stageId);
  const tint = () => (moved() ? ` moved${moved()?.colour == null ? '' : ` ${personClass(moved()?.colour ?? 1)}`}` : '');
  const hidden = () => lane().all().length - lane().totals().count;
  return (
    <>
      <div class="row">
        <Show when={stage()}>
          {(now) => <StageMark probability={now().probability} colour={stageColour(now().colour)} />}
        </Show>
        <h2 class="ellip" dir="auto" title={stage()?.name}>
          {stage()?.name ?? 'Unassigned'}
        </h2>
        <span class="count">
          {hidden() > 0
            ? `${lane().totals().count.toLocaleString()} of ${lane().all().length.toLocaleString()}`
            : lane().totals().count.toLocaleString()}
        </span>
        <Show when={board.lockReason() === undefined && props.stageId !== unassigned}>
          <IconButton
            icon={Plus}
            size="sm"
            label={`Add ${board.type.words.article} to ${stage()?.name ?? ''}`}
            onClick={() => props.onAdd()}
          />
        </Show>
      </div>
      <Show when={moved()}>
        {(now) => (
          <span class={`ptag num lane-tag${now().colour === null ? ' nobody' : ` ${personClass(now().colour ?? 1)}`}`}>
            <bdi>{now().who}</bdi> {now().difference}
          </span>
        )}
      </Show>
      <Show when={board.type.isSummed}>
        <div class={`sums${tint()}`}>
          <b>{money(lane().totals().sumMinor)}</b>
          <Show when={lane().totals().foreign > 0}>
            <span
              class="foreign"
              tabindex="0"
              ref={(made) =>
                tooltip(made, () => `${lane().totals().foreign} in other currencies, counted but not added up.`)
              }
            >
              +{lane().totals().foreign} other
            </span>
          </Show>
          <Show
            when={stage()?.kind === 'open'}
            fallback={<span>{props.stageId === unassigned ? 'Stage is gone' : ''}</span>}
          >
            <span>
              {weightedText({ minor: lane().totals().weightedMinor, currency: board.store.meta().currency })} at{' '}
              {stage()?.probability}%
            </span>
          </Show>
        </div>
      </Show>
    </>
  );
}
