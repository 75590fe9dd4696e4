import { batch } from 'solid-js';
import { announce } from '../announcer.tsx';
import { cardRange, carryStep, focusStep, spokenPosition } from '../logic/card-moves.ts';
import { matchesChord, parseChord } from '../logic/shortcut.ts';
import type { BoardState } from './board-state.tsx';

const guessPx = 78;

/** Everything a card can be told by keys: move the focus, select, open, pick up, carry, drop. Answers true when it took the key. */
export function makeBoardKeys(
  board: BoardState,
  acts: {
    focusCard: (id: string) => boolean;
    idsFor: (cardId: string) => readonly string[];
    onStart: (ids: readonly string[]) => void;
    onDrop: () => void;
    onCancel: () => void;
    onLocked: (reason: string) => void;
    onReport: () => void;
  },
): (event: KeyboardEvent, cardId: string) => boolean {
  let anchorId: string | undefined;
  const laneLabel = (laneId: string) => board.props.lanes.find((lane) => lane.id === laneId)?.label ?? '';
  const say = (verb: string, laneId: string, slot: number, ids: readonly string[]) => {
    const { position, count } = spokenPosition(board.props.cardsOf(laneId), ids, slot);
    announce(`${verb} ${laneLabel(laneId)}, position ${position} of ${count}.`);
  };

  const pickUp = (cardId: string): boolean => {
    const laneId = board.laneOf(cardId);
    if (laneId === undefined) return false;
    const reason = board.props.lockReason?.(cardId);
    if (reason !== undefined) {
      acts.onLocked(reason);
      return true;
    }
    const ids = acts.idsFor(cardId);
    const slot = board.props.cardsOf(laneId).indexOf(cardId);
    const element = board.laneViews.get(laneId)?.list.querySelector<HTMLElement>(`[data-card="${CSS.escape(cardId)}"]`);
    board.setDrag({ ids, by: 'keys', laneId, slot, bar: undefined, heightPx: element?.offsetHeight ?? guessPx });
    acts.onStart(ids);
    const what = ids.length === 1 ? board.props.cardLabel(cardId) : `${ids.length} cards`;
    say(`${what}: picked up. In`, laneId, slot, ids);
    return true;
  };

  const carry = (event: KeyboardEvent): boolean => {
    const drag = board.drag();
    if (drag === undefined || drag.laneId === undefined) return false;
    if (event.key === ' ' || event.key === 'Enter') acts.onDrop();
    else if (event.key === 'Escape') acts.onCancel();
    else if (event.key === 'Tab') acts.onCancel();
    else {
      const bar = board.props.dropBar?.find(
        (slot) => slot.keys !== undefined && matchesChord(event, parseChord(slot.keys)),
      );
      if (bar !== undefined) {
        board.setDrag({ ...drag, laneId: undefined, bar: bar.id });
        acts.onDrop();
        return true;
      }
      const to = carryStep(
        event.key,
        { laneId: drag.laneId, slot: drag.slot },
        board.laneIds(),
        board.props.cardsOf,
        drag.ids,
      );
      if (to === undefined) return event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
      batch(() => {
        board.setDrag({ ...drag, ...to });
        board.setCurrentLane(to.laneId);
      });
      const cards = board.props.cardsOf(to.laneId);
      const near = cards[Math.min(to.slot, cards.length - 1)];
      if (near !== undefined) board.laneViews.get(to.laneId)?.reveal(near);
      board.laneViews.get(to.laneId)?.list.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      acts.onReport();
      say('Over', to.laneId, to.slot, drag.ids);
    }
    return true;
  };

  const select = (ids: Iterable<string>) => board.props.onSelect?.(new Set(ids));
  const toggle = (cardId: string) => {
    const next = new Set(board.props.selected);
    if (!next.delete(cardId)) next.add(cardId);
    select(next);
    anchorId = cardId;
    announce(
      `${board.props.cardLabel(cardId)}: ${next.has(cardId) ? 'selected' : 'not selected'}. ${next.size} selected.`,
    );
  };

  return (event, cardId) => {
    if (board.drag()?.by === 'keys') return carry(event);
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const to = isPlain ? focusStep(event.key, cardId, board.laneIds(), board.props.cardsOf) : undefined;
    if (to !== undefined) {
      if (event.shiftKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        anchorId ??= cardId;
        select(cardRange(anchorId, to, board.laneIds(), board.props.cardsOf));
      } else anchorId = undefined;
      acts.focusCard(to);
      return true;
    }
    if (event.key === ' ' && isPlain) return pickUp(cardId);
    if (event.key === 'Enter' && isPlain) {
      board.props.onOpen?.(cardId);
      return board.props.onOpen !== undefined;
    }
    if (event.key.toLowerCase() === 'x' && isPlain && !event.shiftKey && board.props.onSelect !== undefined) {
      toggle(cardId);
      return true;
    }
    if (event.key === 'Escape' && (board.props.selected?.size ?? 0) > 0) {
      select([]);
      announce('Nothing selected.');
      return true;
    }
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && board.props.onSelect !== undefined) {
      const laneId = board.laneOf(cardId);
      if (laneId === undefined) return false;
      select(board.props.cardsOf(laneId));
      announce(`All ${board.props.cardsOf(laneId).length} in ${laneLabel(laneId)} selected.`);
      return true;
    }
    return isPlain && event.key.startsWith('Arrow');
  };
}
