import { For, Show } from 'solid-js';
import { Icon } from '../icon.tsx';
import { Kbd } from '../kbd.tsx';
import { useBoard } from './board-state.tsx';

const overClass = { won: '', lost: ' lost-t', del: ' lost-t', plain: ' plain-t' };

/** Where dragged cards can go besides a lane. Stands only while something is dragged. */
export function DropBar() {
  const board = useBoard();
  return (
    <Show when={board.drag() !== undefined && (board.props.dropBar?.length ?? 0) > 0}>
      <div class="dragbar" role="group" aria-label="Drop here to">
        <For each={board.props.dropBar}>
          {(slot) => (
            <div
              class={`${slot.tone ?? ''}${board.drag()?.bar === slot.id ? ` over${overClass[slot.tone ?? 'plain']}` : ''}`}
              data-drop={slot.id}
            >
              <Show when={slot.icon}>{(icon) => <Icon of={icon()} />}</Show>
              {slot.label}
              <Show when={slot.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}
