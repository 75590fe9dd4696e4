import { firstName } from '@rapport/ui/logic/person';
import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { DealBoard } from './deal-board-context.tsx';
import { moneyText } from '../fields/field-text.ts';

/** A lane's numbers just moved through a colleague. */
export interface LaneMoved {
  /** Null when it is not known who it was, or several were. */
  readonly colour: number | null;
  readonly who: string;
  /** `+€5,535`, or `+1` where only the count moved. */
  readonly difference: string;
}

const shownMs = 4000;
const signed = (amount: number, text: (amount: number) => string): string =>
  `${amount < 0 ? '−' : '+'}${text(Math.abs(amount))}`;

/** Marks a lane's numbers for four seconds after a colleague moved them; what I do myself marks nothing. */
export function createLaneMoved(board: DealBoard, stageId: string): Accessor<LaneMoved | null> {
  const [moved, setMoved] = createSignal<LaneMoved | null>(null);
  const lane = board.store.lane(stageId);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let known = untrack(lane.totals);
  createEffect(
    on(
      lane.totals,
      (now) => {
        const client = lane.movedBy();
        const before = known;
        known = now;
        if (client === undefined) return;
        const { currency } = board.store.meta();
        const sum = now.sumMinor - before.sumMinor;
        const difference =
          sum !== 0
            ? signed(sum, (minor) => moneyText({ minor, currency }))
            : now.count !== before.count
              ? signed(now.count - before.count, String)
              : '';
        if (difference === '') return;
        const member = board.document.people().find(({ clientId }) => clientId === client)?.member;
        setMoved({ colour: member?.colour ?? null, who: member ? firstName(member.name) : '', difference });
        clearTimeout(timer);
        timer = setTimeout(() => setMoved(null), shownMs);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  return moved;
}
