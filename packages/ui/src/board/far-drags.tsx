import { For, Show, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import type { RemoteDrag } from '../logic/board.ts';
import { Pointer } from '../pointer.tsx';
import { haloClass } from '../person-tag.tsx';
import { useBoard } from './board-state.tsx';

/** Cards that colleagues carry right now, drawn where their pointers are. */
export function FarDrags(props: { frame: () => HTMLElement | undefined }) {
  const board = useBoard();
  const people = createMemo(() => (board.props.remoteDrags ?? []).map((drag) => drag.person.id), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const dragOf = (personId: string) => board.props.remoteDrags?.find((drag) => drag.person.id === personId);
  return (
    <For each={people()}>
      {(personId) => <Show when={dragOf(personId)}>{(drag) => <FarDrag drag={drag()} frame={props.frame} />}</Show>}
    </For>
  );
}

function FarDrag(props: { drag: RemoteDrag; frame: () => HTMLElement | undefined }) {
  const board = useBoard();
  // Lanes scroll and resize under a resting pointer, so the place is looked up again at each frame of such a change.
  const [turn, setTurn] = createSignal(0);
  onMount(() => {
    const again = () => setTurn((count) => count + 1);
    const frame = props.frame();
    frame?.addEventListener('scroll', again, true);
    addEventListener('resize', again);
    onCleanup(() => {
      frame?.removeEventListener('scroll', again, true);
      removeEventListener('resize', again);
    });
  });
  const spot = createMemo(() => {
    turn();
    const list = board.laneViews.get(props.drag.laneId)?.list;
    const frame = props.frame();
    if (list === undefined || frame === undefined || list.clientWidth === 0) return undefined;
    const rect = list.getBoundingClientRect();
    const base = frame.getBoundingClientRect();
    const width = rect.width - 12;
    return {
      width,
      x: rect.left - base.left + 6 + (props.drag.x - 0.5) * rect.width,
      y: rect.top - base.top + props.drag.y - list.scrollTop - 24,
    };
  });
  const first = () => props.drag.ids[0];
  return (
    <Show when={spot()}>
      {(at) => (
        <div class="far" aria-hidden="true" style={{ translate: `${at().x}px ${at().y}px`, width: `${at().width}px` }}>
          <div class={`card ${haloClass(props.drag.person)}`}>
            <Show when={first()} keyed>
              {(id) => board.props.renderCard(id)}
            </Show>
          </div>
          <Pointer person={props.drag.person} x={0} y={0} />
        </div>
      )}
    </Show>
  );
}
