import { For, Show } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';
import { instantText } from '../fields/field-text.ts';
import { ageText } from './deal-text.ts';
import { stageSinceOf } from './filter.ts';

/** The pipeline's stages as a bar: the time spent in each, where the deal stands, and one press to move it. */
export function StageBar(props: { dealId: string; spentMs: ReadonlyMap<string, number> }) {
  const board = useDealBoard();
  const deal = () => board.store.deals.get(props.dealId);
  const open = () => board.store.stages().filter(({ kind }) => kind === 'open');
  const at = () => open().findIndex(({ id }) => id === deal()?.stageId);
  const closed = () => {
    const stage = board.store.stage(deal()?.stageId ?? '');
    return stage && stage.kind !== 'open' ? stage : undefined;
  };
  const since = () => {
    const now = deal();
    return now ? stageSinceOf(now, board.signals.get(props.dealId), board.now()) : board.now();
  };
  const spent = (name: string) => {
    const ms = props.spentMs.get(name);
    return ms === undefined ? '' : ageText(0, ms);
  };
  return (
    <>
      <div class="stages" role="group" aria-label="Stage">
        <For each={open()}>
          {(stage, index) => (
            <button
              type="button"
              class={closed() ? 'done' : index() < at() ? 'done' : index() === at() ? 'now' : ''}
              aria-current={index() === at() ? 'step' : undefined}
              disabled={board.lockReason() !== undefined}
              title={index() === at() ? `In ${stage.name} since ${instantText(since())}` : `Move to ${stage.name}`}
              onClick={() => deal()?.stageId !== stage.id && board.actions.move([props.dealId], stage.id)}
            >
              <bdi class="ellip">{stage.name}</bdi>
              <span class="num">{index() === at() ? ageText(since(), board.now()) : spent(stage.name)}</span>
            </button>
          )}
        </For>
      </div>
      <Show when={closed()}>
        {(stage) => (
          <p class={`small closed-line ${stage().kind}`}>
            {stage().name} since {instantText(deal()?.closedAt ?? since())}
            <Show when={deal()?.lostReason}>{(reason) => <>: {reason()}</>}</Show>
          </p>
        )}
      </Show>
    </>
  );
}
