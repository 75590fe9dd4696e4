import { For, Show, createEffect, on } from 'solid-js';
import { nextIndex } from '../logic/roving.ts';
import { useBoard } from './board-state.tsx';

/** On a phone one lane shows at a time; these choose it. A card held over one for a moment opens that lane. */
export function LaneTabs() {
  const board = useBoard();
  let list: HTMLDivElement | undefined;
  // Many lanes do not fit a phone: the row shows the chosen one.
  createEffect(
    on(board.currentLane, (lane) => {
      const tab = list?.querySelector<HTMLElement>(`[data-lane-tab="${CSS.escape(lane ?? '')}"]`);
      if (list && tab) list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
    }),
  );
  const move = (event: KeyboardEvent) => {
    const lanes = board.props.lanes;
    const next = nextIndex(
      event.key,
      lanes.findIndex((lane) => lane.id === board.currentLane()),
      lanes.length,
      { orientation: 'horizontal', wraps: true },
    );
    const lane = next === undefined ? undefined : lanes[next];
    if (next === undefined || lane === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    board.setCurrentLane(lane.id);
    list?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
  };
  return (
    <div
      ref={(made) => (list = made)}
      class="phone-only ph-stages"
      role="tablist"
      aria-label={board.props.label}
      onKeyDown={move}
    >
      <For each={board.props.lanes}>
        {(lane) => {
          const isCurrent = () => board.currentLane() === lane.id;
          return (
            <button
              type="button"
              role="tab"
              aria-selected={isCurrent()}
              aria-label={lane.label}
              tabindex={isCurrent() ? 0 : -1}
              data-lane-tab={lane.id}
              class={board.drag()?.laneId === lane.id && !isCurrent() ? 'over' : ''}
              onClick={() => board.setCurrentLane(lane.id)}
            >
              {board.props.renderTab?.(lane.id)}
              <Show when={isCurrent() || board.props.renderTab === undefined}>
                <span class="ph-name ellip">{lane.label}</span>
              </Show>
            </button>
          );
        }}
      </For>
    </div>
  );
}
