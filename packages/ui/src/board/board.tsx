import { For, Show, batch, createSignal, onMount } from 'solid-js';
import { announce } from '../announcer.tsx';
import type { BoardHandle, BoardProps } from '../logic/board.ts';
import { cardRange, isSamePlace, neighboursAt, spokenPosition } from '../logic/card-moves.ts';
import { showToast } from '../toasts.tsx';
import { makeBoardKeys } from './board-keys.ts';
import { BoardLane } from './board-lane.tsx';
import { BoardContext, createBoardState } from './board-state.tsx';
import { DropBar } from './drop-bar.tsx';
import { FarDrags } from './far-drags.tsx';
import { LaneTabs } from './lane-tabs.tsx';
import { type CarriedAt, makePointerDrag } from './pointer-drag.ts';

const settleMs = 120;
const inside = 'button, a, input, textarea, select, label, [contenteditable], [popover], dialog, [data-no-open]';

/**
 * Cards in lanes: virtual, draggable by mouse, finger and keys, shared with colleagues. It knows ids only; what a card
 * says and what a move means are the owner's. A changed field touches one card's DOM, a move touches the cards it moves.
 */
export function Board(props: BoardProps) {
  const board = createBoardState(props);
  const [carriedAt, setCarriedAt] = createSignal<CarriedAt>();
  const [isSettling, setSettling] = createSignal(false);
  const [frame, setFrame] = createSignal<HTMLDivElement>();
  let anchorId: string | undefined;
  let reported = '';

  const idsFor = (cardId: string): readonly string[] => {
    if (!board.isSelected(cardId)) return [cardId];
    const inOrder = board.laneIds().flatMap((lane) => props.cardsOf(lane).filter((id) => board.isSelected(id)));
    return inOrder.filter((id) => props.lockReason?.(id) === undefined);
  };
  const focusCard = (id: string): boolean => {
    const laneId = board.laneOf(id);
    const view = laneId === undefined ? undefined : board.laneViews.get(laneId);
    if (laneId === undefined || view === undefined) return false;
    batch(() => {
      board.setCurrentLane(laneId);
      board.setFocusedId(id);
    });
    view.reveal(id);
    // Once more when guessed heights on the way there have been measured.
    requestAnimationFrame(() => board.isFocused(id) && view.reveal(id));
    const card = view.list.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
    card?.focus({ preventScroll: true });
    view.list.closest('.lane')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return card !== null;
  };
  /** Brings a card into its lane's window; the focus stays where it is. */
  const reveal = (id: string): void => {
    const show = () => board.laneViews.get(board.laneOf(id) ?? '')?.reveal(id);
    show();
    // Once more when guessed heights on the way there have been measured.
    requestAnimationFrame(show);
  };
  const report = (x = 0.5, y?: number) => {
    const drag = board.drag();
    if (drag === undefined || drag.laneId === undefined || props.onDragging === undefined) return;
    const cards = props.cardsOf(drag.laneId);
    const { afterId } = neighboursAt(cards, new Set(drag.ids), drag.slot);
    const at = { x: Math.round(x * 1000) / 1000, y: Math.round(y ?? drag.slot * (drag.heightPx + 6)) };
    // A resting pointer is asked about at every frame, but is no news.
    const news = `${drag.laneId} ${afterId ?? ''} ${at.x} ${at.y}`;
    if (news === reported) return;
    reported = news;
    props.onDragging({ ids: drag.ids, laneId: drag.laneId, afterId, ...at });
  };
  const moved = (at: CarriedAt, clientX: number, clientY: number) => {
    setCarriedAt(at);
    const laneId = board.drag()?.laneId;
    const view = laneId === undefined ? undefined : board.laneViews.get(laneId);
    if (view === undefined) return;
    const rect = view.list.getBoundingClientRect();
    report((clientX - rect.left) / Math.max(1, rect.width), view.contentY(clientY));
  };
  const settle = (id: string, from: CarriedAt | undefined) => {
    setSettling(true);
    setTimeout(() => setSettling(false), settleMs * 2);
    requestAnimationFrame(() => {
      const laneId = board.laneOf(id);
      const card =
        laneId === undefined
          ? undefined
          : board.laneViews.get(laneId)?.list.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
      if (card == null || from === undefined || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
      const rect = card.getBoundingClientRect();
      card.animate(
        [{ transform: `translate(${from.x - rect.left}px, ${from.y - rect.top}px)` }, { transform: 'none' }],
        { duration: settleMs, easing: 'ease-out' },
      );
    });
  };
  const finish = () => {
    batch(() => {
      board.setDrag(undefined);
      setCarriedAt(undefined);
    });
    reported = '';
    props.onDragging?.(null);
  };
  const cancel = () => {
    const drag = board.drag();
    if (drag === undefined) return;
    const first = drag.ids[0];
    finish();
    announce('Put back. Nothing moved.');
    if (first !== undefined && drag.by === 'keys') focusCard(first);
  };
  const drop = () => {
    const drag = board.drag();
    const from = carriedAt();
    const first = drag?.ids[0];
    if (drag === undefined || first === undefined) return;
    const laneId = drag.laneId;
    if (drag.bar !== undefined) {
      const slot = props.dropBar?.find((each) => each.id === drag.bar);
      finish();
      if (slot !== undefined) {
        announce(slot.label);
        props.onDropBar?.(slot.id, drag.ids);
      }
      return;
    }
    if (laneId === undefined || isSamePlace(props.cardsOf(laneId), drag.ids, drag.slot)) return cancel();
    const cards = props.cardsOf(laneId);
    const { position, count } = spokenPosition(cards, drag.ids, drag.slot);
    const neighbours = neighboursAt(cards, new Set(drag.ids), drag.slot);
    batch(() => {
      props.onMove({ ids: drag.ids, laneId, ...neighbours });
      finish();
    });
    const lane = props.lanes.find((each) => each.id === laneId)?.label ?? '';
    const what = drag.ids.length === 1 ? props.cardLabel(first) : `${drag.ids.length} cards`;
    announce(`${what}: dropped in ${lane}, position ${position} of ${count}.`);
    settle(first, from);
    if (drag.by === 'keys') queueMicrotask(() => focusCard(first));
  };
  const locked = (reason: string) => void showToast({ text: reason, tone: 'problem' });
  const started = () => report();

  const pointerDrag = makePointerDrag(board, {
    idsFor,
    onStart: started,
    onMoved: moved,
    onDrop: drop,
    onCancel: cancel,
    onLocked: locked,
  });
  const takesKey = makeBoardKeys(board, {
    focusCard,
    idsFor,
    onStart: started,
    onDrop: drop,
    onCancel: cancel,
    onLocked: locked,
    onReport: () => report(),
  });

  const cardIn = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>('[data-card]')?.dataset.card : undefined;
  const keys = (event: KeyboardEvent) => {
    if (event.defaultPrevented || !(event.target instanceof HTMLElement)) return;
    const id = event.target.dataset.card;
    // Keys typed into something inside a card belong to it.
    if (id === undefined || !takesKey(event, id)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const click = (event: MouseEvent) => {
    const id = cardIn(event.target);
    if (
      id === undefined ||
      event.defaultPrevented ||
      (event.target instanceof Element && event.target.closest(inside) !== null)
    )
      return;
    if (event.shiftKey && props.onSelect !== undefined) {
      const range = cardRange(anchorId ?? board.focusedId(), id, board.laneIds(), props.cardsOf);
      props.onSelect(new Set([...(props.selected ?? []), ...range]));
    } else if ((event.ctrlKey || event.metaKey) && props.onSelect !== undefined) {
      const next = new Set(props.selected);
      if (!next.delete(id)) next.add(id);
      anchorId = id;
      props.onSelect(next);
    } else {
      anchorId = id;
      props.onOpen?.(id);
    }
  };
  const handle: BoardHandle = {
    focusedId: board.focusedId,
    focusCard,
    reveal,
    activeIds: () => {
      const focused = board.focusedId();
      if ((props.selected?.size ?? 0) > 0)
        return board.laneIds().flatMap((lane) => props.cardsOf(lane).filter((id) => board.isSelected(id)));
      return focused === undefined || board.laneOf(focused) === undefined ? [] : [focused];
    },
    cancelDrag: () => {
      pointerDrag.cancel();
      cancel();
    },
  };
  onMount(() => {
    const element = frame();
    if (element !== undefined) pointerDrag.attach(element);
    props.ref?.(handle);
  });

  const firstCarried = () => board.drag()?.ids[0];
  return (
    <BoardContext.Provider value={board}>
      <div
        ref={(made) => setFrame(made)}
        class={`board-frame${board.drag() === undefined ? '' : ' is-dragging'}${isSettling() ? ' is-settling' : ''}`}
        role="group"
        aria-label={props.label}
        onKeyDown={keys}
        onClick={click}
      >
        <span class="sr" id="board-help">
          Enter opens, Space picks up, X selects.
        </span>
        <LaneTabs />
        <div class="board">
          <For each={board.laneIds()}>
            {(laneId) => (
              <Show when={props.lanes.find((lane) => lane.id === laneId)}>{(lane) => <BoardLane lane={lane()} />}</Show>
            )}
          </For>
        </div>
        <FarDrags frame={frame} />
        <DropBar />
        <Show when={carriedAt()}>
          {(at) => (
            <div
              class={`carried${(board.drag()?.ids.length ?? 0) > 1 ? ' many' : ''}`}
              aria-hidden="true"
              style={{ translate: `${at().x}px ${at().y}px`, width: `${at().widthPx}px` }}
            >
              <div class={`card lifted ${props.cardClass?.(firstCarried() ?? '') ?? ''}`}>
                <Show when={firstCarried()} keyed>
                  {(id) => props.renderCard(id)}
                </Show>
              </div>
              <Show when={(board.drag()?.ids.length ?? 0) > 1}>
                <span class="badge">{board.drag()?.ids.length}</span>
              </Show>
            </div>
          )}
        </Show>
      </div>
    </BoardContext.Provider>
  );
}
