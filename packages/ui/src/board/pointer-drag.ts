import { batch, onCleanup } from 'solid-js';
import { edgeSpeed } from '../logic/edge-scroll.ts';
import type { BoardState } from './board-state.tsx';

const mouseSlackPx = 4;
const touchSlackPx = 10;
const longPressMs = 250;
const tabHoverMs = 350;
const interactive = 'button, a, input, textarea, select, label, [contenteditable], [popover], dialog, [data-no-drag]';

type Grip = {
  id: string;
  element: HTMLElement;
  x: number;
  y: number;
  offsetX: number;
  offsetY: number;
  pointerId: number;
  isTouch: boolean;
};

/** Where the carried card is drawn: viewport pixels of its top left corner. */
export type CarriedAt = { x: number; y: number; widthPx: number };

/**
 * Drags cards with mouse, pen and finger (long press) by pointer events alone, so that one code path serves all three
 * and the slot follows the pointer's exact height. Native drag and drop would need a second path for touch.
 */
export function makePointerDrag(
  board: BoardState,
  hooks: {
    idsFor: (cardId: string) => readonly string[];
    onStart: (ids: readonly string[]) => void;
    onMoved: (at: CarriedAt, clientX: number, clientY: number) => void;
    onDrop: () => void;
    onCancel: () => void;
    onLocked: (reason: string) => void;
  },
): { attach: (frame: HTMLElement) => void; cancel: () => void } {
  let frame: HTMLElement | undefined;
  let grip: Grip | undefined;
  let isActive = false;
  let pointer = { x: 0, y: 0 };
  let frameRequest = 0;
  let lastFrameAt = 0;
  let longPress: ReturnType<typeof setTimeout> | undefined;
  let tabHover: { laneId: string; since: number } | undefined;

  const laneUnder = (x: number, y: number): string | undefined => {
    const bounds = frame?.getBoundingClientRect();
    if (bounds === undefined || y < bounds.top || y > bounds.bottom || x < bounds.left || x > bounds.right)
      return undefined;
    let best: { laneId: string; far: number } | undefined;
    for (const [laneId, view] of board.laneViews) {
      const rect = view.list.getBoundingClientRect();
      if (rect.width === 0) continue;
      // The gap between two lanes belongs to the nearer one.
      const far = x < rect.left ? rect.left - x : x > rect.right ? x - rect.right : 0;
      if (best === undefined || far < best.far) best = { laneId, far };
    }
    return best !== undefined && best.far < 24 ? best.laneId : undefined;
  };

  const aim = (now: number) => {
    const drag = board.drag();
    if (drag === undefined) return;
    const under = document.elementFromPoint(pointer.x, pointer.y);
    const bar = under?.closest<HTMLElement>('[data-drop]')?.dataset.drop;
    const tab = under?.closest<HTMLElement>('[data-lane-tab]')?.dataset.laneTab;
    if (tab !== undefined && tab !== board.currentLane()) {
      if (tabHover?.laneId !== tab) tabHover = { laneId: tab, since: now };
      else if (now - tabHover.since > tabHoverMs) board.setCurrentLane(tab);
    } else tabHover = undefined;
    const laneId = bar !== undefined ? undefined : (tab ?? laneUnder(pointer.x, pointer.y));
    const view = laneId === undefined ? undefined : board.laneViews.get(laneId);
    const slot = laneId === undefined || tab !== undefined ? 0 : (view?.slotAtClientY(pointer.y) ?? 0);
    board.setDrag({ ...drag, laneId, slot, bar });
  };

  const scrollEdges = (seconds: number) => {
    const laneId = board.drag()?.laneId;
    const list = laneId === undefined ? undefined : board.laneViews.get(laneId)?.list;
    if (list !== undefined) {
      const rect = list.getBoundingClientRect();
      list.scrollTop += edgeSpeed(pointer.y, rect.top, rect.bottom) * seconds;
    }
    const row = frame?.querySelector<HTMLElement>('.board');
    if (row == null || row.scrollWidth <= row.clientWidth) return;
    const rect = row.getBoundingClientRect();
    row.scrollLeft += edgeSpeed(pointer.x, rect.left, rect.right) * seconds;
  };

  const tick = (now: number) => {
    if (!isActive || grip === undefined) return;
    const seconds = Math.min(0.05, (now - lastFrameAt) / 1000);
    lastFrameAt = now;
    const at = { x: pointer.x - grip.offsetX, y: pointer.y - grip.offsetY, widthPx: grip.element.offsetWidth };
    scrollEdges(seconds);
    batch(() => aim(now));
    hooks.onMoved(at, pointer.x, pointer.y);
    frameRequest = requestAnimationFrame(tick);
  };

  const start = () => {
    if (grip === undefined || isActive) return;
    const reason = board.props.lockReason?.(grip.id);
    if (reason !== undefined) {
      end();
      hooks.onLocked(reason);
      return;
    }
    isActive = true;
    const ids = hooks.idsFor(grip.id);
    const laneId = board.laneOf(grip.id);
    const slot = laneId === undefined ? 0 : board.props.cardsOf(laneId).indexOf(grip.id);
    board.setDrag({ ids, by: 'pointer', laneId, slot, bar: undefined, heightPx: grip.element.offsetHeight });
    hooks.onStart(ids);
    lastFrameAt = performance.now();
    tick(lastFrameAt);
  };

  const end = () => {
    clearTimeout(longPress);
    cancelAnimationFrame(frameRequest);
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
    removeEventListener('pointercancel', cancel);
    removeEventListener('selectstart', holdSelection);
    removeEventListener('keydown', keys, true);
    removeEventListener('blur', cancel);
    grip = undefined;
    isActive = false;
    tabHover = undefined;
  };
  const cancel = () => {
    const wasActive = isActive;
    end();
    if (wasActive) hooks.onCancel();
  };
  // Firefox begins to select with the press, before there is a drag that forbids it.
  const holdSelection = (event: Event) => event.preventDefault();
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isActive) return;
    event.preventDefault();
    event.stopPropagation();
    cancel();
  };
  const move = (event: PointerEvent) => {
    if (grip === undefined || event.pointerId !== grip.pointerId) return;
    pointer = { x: event.clientX, y: event.clientY };
    if (isActive) return;
    const gone = Math.hypot(event.clientX - grip.x, event.clientY - grip.y);
    if (grip.isTouch) {
      // The finger scrolls: no drag.
      if (gone > touchSlackPx) end();
    } else if (gone > mouseSlackPx) start();
  };
  const up = (event: PointerEvent) => {
    if (grip === undefined || event.pointerId !== grip.pointerId) return;
    const wasActive = isActive;
    if (wasActive) {
      pointer = { x: event.clientX, y: event.clientY };
      aim(event.timeStamp);
    }
    end();
    if (!wasActive) return;
    // The press that ends a drag is no click on what lies under it.
    const swallow = (click: MouseEvent) => {
      click.stopPropagation();
      click.preventDefault();
    };
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, true), 0);
    hooks.onDrop();
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary || grip !== undefined || board.drag() !== undefined) return;
    if (!(event.target instanceof Element) || event.target.closest(interactive) !== null) return;
    const element = event.target.closest<HTMLElement>('[data-card]');
    const id = element?.dataset.card;
    if (element == null || id === undefined) return;
    const rect = element.getBoundingClientRect();
    const isTouch = event.pointerType === 'touch';
    grip = {
      id,
      element,
      x: event.clientX,
      y: event.clientY,
      offsetX: event.clientX - rect.left,
      offsetY: event.clientY - rect.top,
      pointerId: event.pointerId,
      isTouch,
    };
    pointer = { x: event.clientX, y: event.clientY };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
    addEventListener('pointercancel', cancel);
    addEventListener('selectstart', holdSelection);
    addEventListener('keydown', keys, true);
    addEventListener('blur', cancel);
    if (isTouch) longPress = setTimeout(start, longPressMs);
  };
  const holdScroll = (event: TouchEvent) => {
    if (isActive && event.cancelable) event.preventDefault();
  };
  const holdMenu = (event: Event) => {
    if (grip?.isTouch === true) event.preventDefault();
  };
  return {
    attach: (element) => {
      frame = element;
      element.addEventListener('pointerdown', down);
      // Not passive: once a finger carries a card it must not scroll the lane.
      element.addEventListener('touchmove', holdScroll, { passive: false });
      element.addEventListener('contextmenu', holdMenu, true);
      element.addEventListener('dragstart', (event) => event.preventDefault());
      onCleanup(end);
    },
    cancel,
  };
}
