import { For, Match, Show, Switch, batch, createMemo, createSignal, onCleanup, onMount, untrack } from 'solid-js';
import type { BoardLane as Lane } from '../logic/board.ts';
import { entriesIn, layoutLane, scrollFor, slotAt } from '../logic/lane-layout.ts';
import { personClass } from '../logic/person.ts';
import { BoardCard } from './board-card.tsx';
import { useBoard } from './board-state.tsx';

const gapPx = 6;
const overscan = 4;
const guessPx = 78;
/** Entries that are no cards: this person's open slot, and colleagues' (followed by the person's id). */
const ownSlot = '\u0000slot';
const farSlot = '\u0000far:';

/** One column. Draws only the cards in view (and the focused one); heights are measured, those out of view are guessed. */
export function BoardLane(props: { lane: Lane }) {
  const board = useBoard();
  // A lane is keyed by its id; when it goes, its lists may change before it is taken away.
  const ownId = untrack(() => props.lane.id);
  const laneId = () => ownId;
  const cards = createMemo(() => board.props.cardsOf(laneId()));
  const heights = new Map<string, number>();
  const [measured, setMeasured] = createSignal(0);
  const [scrollTop, setScrollTop] = createSignal(0);
  const [heightPx, setHeightPx] = createSignal(800);
  let list: HTMLDivElement | undefined;
  let inner: HTMLDivElement | undefined;

  const heightOf = (entry: string): number => {
    if (entry === ownSlot || entry.startsWith(farSlot)) return board.drag()?.heightPx ?? guessPx;
    return heights.get(entry) ?? board.props.estimateHeightPx?.(entry) ?? guessPx;
  };
  /** The lane without slots: what the pointer's height is compared with, so that an opened slot never moves the target. */
  const bare = createMemo(() => {
    measured();
    return layoutLane(cards(), heightOf, gapPx);
  });
  const farSlots = createMemo(() =>
    (board.props.remoteDrags ?? []).filter(
      (drag) => drag.laneId === laneId() && drag.ids[0] !== drag.afterId && !isHome(cards(), drag.ids, drag.afterId),
    ),
  );
  const entries = createMemo<readonly string[]>(() => {
    const open = board.openSlot(laneId());
    const far = farSlots();
    if (open === undefined && far.length === 0) return cards();
    const list = [...cards()];
    if (open !== undefined) list.splice(open, 0, ownSlot);
    for (const drag of far)
      list.splice(drag.afterId === null ? 0 : list.indexOf(drag.afterId) + 1, 0, farSlot + drag.person.id);
    return list;
  });
  const layout = createMemo(() => {
    measured();
    return entries() === cards() ? bare() : layoutLane(entries(), heightOf, gapPx);
  });
  const tops = createMemo(() => {
    const { starts } = layout();
    return new Map(entries().map((entry, index) => [entry, starts[index] ?? 0]));
  });
  const range = createMemo(() => entriesIn(layout(), scrollTop(), heightPx(), overscan), [0, 0] as [number, number], {
    equals: (a, b) => a[0] === b[0] && a[1] === b[1],
  });
  const drawn = createMemo(() => {
    const [from, to] = range();
    const inView = entries().slice(from, to);
    const focused = board.focusedId();
    // The focused card stays in the page, or scrolling away would drop the focus.
    if (focused !== undefined && tops().has(focused) && !inView.includes(focused)) return [...inView, focused];
    return inView;
  });
  const tabStop = createMemo(() => {
    const focused = board.focusedId();
    return focused !== undefined && tops().has(focused) ? focused : cards()[0];
  });

  const scrollTo = (top: number) => {
    if (list === undefined) return;
    list.scrollTop = top;
    setScrollTop(list.scrollTop);
  };
  const sizes = new ResizeObserver((changes) => {
    let corrects = 0;
    let hasChanged = false;
    for (const change of changes) {
      const element = change.target;
      if (!(element instanceof HTMLElement)) continue;
      if (element === list) {
        setHeightPx(element.clientHeight);
        continue;
      }
      const id = element.dataset.card;
      const height = element.offsetHeight;
      if (id === undefined || height === 0) continue;
      const before = heightOf(id);
      if (heights.has(id) && before === height) continue;
      heights.set(id, height);
      if (before === height) continue;
      hasChanged = true;
      // What grows above the window must not push the cards in it.
      if ((tops().get(id) ?? 0) + before < scrollTop()) corrects += height - before;
    }
    if (!hasChanged) return;
    batch(() => {
      setMeasured((count) => count + 1);
      if (corrects !== 0) scrollTo(scrollTop() + corrects);
    });
  });
  const observe = (element: HTMLElement) => {
    sizes.observe(element);
    return () => sizes.unobserve(element);
  };
  onMount(() => {
    if (list === undefined) return;
    setHeightPx(list.clientHeight || 800);
    sizes.observe(list);
    const contentY = (clientY: number) => clientY - (inner?.getBoundingClientRect().top ?? 0);
    board.laneViews.set(laneId(), {
      list,
      contentY,
      slotAtClientY: (clientY) => slotAt(bare(), contentY(clientY)),
      reveal: (cardId) => {
        const index = entries().indexOf(cardId);
        if (index >= 0) scrollTo(scrollFor(layout(), index, list?.scrollTop ?? 0, (list?.clientHeight ?? 0) - 22, 8));
      },
    });
  });
  onCleanup(() => {
    sizes.disconnect();
    board.laneViews.delete(laneId());
  });
  /** It went to another lane: the focus goes with it. It left the board: its neighbour takes the focus. */
  const refocus = (id: string, at: number) => {
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const lane = board.laneOf(id);
    const next = lane === undefined ? cards()[Math.min(at, cards().length - 1)] : id;
    if (next === undefined) return;
    board.setFocusedId(next);
    const view = board.laneViews.get(lane ?? laneId());
    view?.list.querySelector<HTMLElement>(`[data-card="${CSS.escape(next)}"]`)?.focus({ preventScroll: true });
  };
  const gone = (id: string, index: number, hadFocus: boolean) => {
    if (hadFocus) queueMicrotask(() => untrack(() => refocus(id, Math.max(0, index))));
  };
  const farOf = (entry: string) => farSlots().find((drag) => drag.person.id === entry.slice(farSlot.length));

  return (
    <section
      class={`lane${board.drag()?.laneId === laneId() && board.drag()?.bar === undefined ? ' over' : ''}`}
      aria-label={props.lane.label}
      data-lane={laneId()}
      data-current={board.currentLane() === laneId() ? '' : undefined}
    >
      <header class="lane-h">{board.props.renderHeader(laneId())}</header>
      <div
        ref={(made) => (list = made)}
        class="cards"
        role="list"
        aria-label={props.lane.label}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      >
        <Show when={entries().length === 0}>
          <div class="cards-empty small t3" role="listitem">
            {board.props.renderEmpty?.(laneId())}
          </div>
        </Show>
        <div
          ref={(made) => (inner = made)}
          class="cards-in"
          role="presentation"
          style={{ height: `${layout().totalPx}px` }}
        >
          <For each={drawn()}>
            {(entry) => (
              <Switch
                fallback={
                  <div
                    class="cards-at"
                    role="listitem"
                    aria-setsize={cards().length}
                    aria-posinset={cards().indexOf(entry) + 1}
                    style={{ transform: `translateY(${tops().get(entry) ?? 0}px)` }}
                  >
                    <BoardCard
                      id={entry}
                      isTabStop={tabStop() === entry}
                      observe={observe}
                      onGone={(hadFocus) => gone(entry, entries().indexOf(entry), hadFocus)}
                    />
                  </div>
                }
              >
                <Match when={entry === ownSlot}>
                  <div
                    class="cards-at"
                    aria-hidden="true"
                    style={{ transform: `translateY(${tops().get(entry) ?? 0}px)` }}
                  >
                    <div class="slot" style={{ height: `${heightOf(entry)}px` }} />
                  </div>
                </Match>
                <Match when={entry.startsWith(farSlot) && farOf(entry)}>
                  {(drag) => (
                    <div
                      class="cards-at"
                      aria-hidden="true"
                      style={{ transform: `translateY(${tops().get(entry) ?? 0}px)` }}
                    >
                      <div
                        class={`slot person ${personClass(drag().person.colour)}`}
                        style={{ height: `${heightOf(entry)}px` }}
                      />
                    </div>
                  )}
                </Match>
              </Switch>
            )}
          </For>
        </div>
      </div>
      <Show when={board.props.renderFooter}>{(footer) => <div class="lane-f">{footer()(laneId())}</div>}</Show>
    </section>
  );
}

/** A colleague holds the card over its own place: no dashed slot is needed. */
function isHome(cards: readonly string[], ids: readonly string[], afterId: string | null): boolean {
  const first = ids[0];
  const at = first === undefined ? -1 : cards.indexOf(first);
  return at >= 0 && ids.length === 1 && (cards[at - 1] ?? null) === afterId;
}
