import CircleX from 'lucide-solid/icons/circle-x';
import ArrowRightToLine from 'lucide-solid/icons/arrow-right-to-line';
import Trash from 'lucide-solid/icons/trash';
import Trophy from 'lucide-solid/icons/trophy';
import { Board } from '@rapport/ui/board/board';
import type { BoardHandle, DragReport, RemoteDrag } from '@rapport/ui/logic/board';
import { StageMark } from '@rapport/ui/stage-mark';
import { Show, createMemo } from 'solid-js';
import { ArchiveNote } from './archive-note.tsx';
import { DealCard } from './deal-card.tsx';
import { useDealBoard } from './deal-board-context.tsx';
import { moneyText } from '../fields/field-text.ts';
import { rotOf } from './filter.ts';
import { underOf } from './board-card.ts';
import { LaneHint } from './lane-hint.tsx';
import { LaneHeader } from './lane-header.tsx';
import { QuickAdd } from './quick-add.tsx';
import { stageColour } from './stage-colour.ts';
import { unassigned } from '../boards/schema.ts';

/** The lanes of a pipeline. */
export function DealLanes(props: {
  ref: (handle: BoardHandle) => void;
  onMoveTo: (ids: readonly string[]) => void;
  onDragging: (drag: DragReport | null) => void;
  addingTo: string | null;
  onAdd: (stageId: string | null) => void;
}) {
  const board = useDealBoard();
  let handle: BoardHandle | undefined;
  const lanes = createMemo(() => {
    const { closed } = board.view();
    const shown = board.store
      .stages()
      .filter(({ kind }) => kind === 'open' || closed)
      .map(({ id, name }) => ({ id, label: name }));
    const lost = board.store.lane(unassigned).all().length > 0;
    return lost ? [{ id: unassigned, label: 'Unassigned' }, ...shown] : shown;
  });
  const remoteDrags = createMemo<readonly RemoteDrag[]>(() =>
    board.people.here().flatMap(({ member, presence: { drag } }) => (drag ? [{ ...drag, person: member }] : [])),
  );
  const cardClass = (id: string) => {
    const deal = board.store.deals.get(id);
    const rot = deal
      ? rotOf(deal, {
          stage: (stageId) => board.store.stage(stageId),
          signals: (dealId) => board.signals.get(dealId),
          now: board.now(),
        })
      : 'fresh';
    const pending = board.people.pending.get(id) ? ' pending' : '';
    return `${rot === 'soon' ? 'rot1' : rot === 'rotten' ? 'rot2' : ''}${pending}`.trim();
  };
  const cardLabel = (id: string) => {
    const deal = board.store.deals.get(id);
    if (!deal) return '';
    return [deal.title ?? 'Untitled', underOf(board.type, deal), deal.value ? moneyText(deal.value) : '']
      .filter((part) => part !== '')
      .join(', ');
  };
  const holderOf = (id: string) => {
    const holder = board.people.holders.get(id);
    return (
      holder && { person: { id: holder.id, name: holder.name, colour: holder.colour }, isTyping: holder.field !== null }
    );
  };
  const estimate = (id: string) => {
    const deal = board.store.deals.peek(id);
    const lines = Math.min(4, Math.ceil((deal?.title?.length ?? 0) / 28));
    return (
      43 +
      18 * Math.max(1, lines) +
      (underOf(board.type, deal) === '' ? 0 : 17) +
      (deal?.labels ? 24 : 0) +
      18 * board.view().show.length
    );
  };
  const drop = (slot: string, ids: readonly string[]) => {
    if (slot === 'won' || slot === 'lost') board.actions.close(ids, slot);
    else if (slot === 'delete') board.actions.remove(ids);
    else props.onMoveTo(ids);
  };
  return (
    <Board
      ref={(made) => {
        handle = made;
        props.ref(made);
      }}
      label={board.store.meta().name}
      lanes={lanes()}
      cardsOf={(laneId) => board.store.lane(laneId).shown()}
      renderCard={(id) => <DealCard id={id} />}
      cardClass={cardClass}
      cardLabel={cardLabel}
      estimateHeightPx={estimate}
      renderHeader={(laneId) => <LaneHeader stageId={laneId} onAdd={() => props.onAdd(laneId)} />}
      renderTab={(laneId) => (
        <>
          <StageMark
            probability={board.store.stage(laneId)?.probability ?? 0}
            colour={stageColour(board.store.stage(laneId)?.colour ?? '')}
          />
          <span class="count">{board.store.lane(laneId).totals().count}</span>
        </>
      )}
      renderFooter={(laneId) => (
        <>
          <Show when={props.addingTo === laneId}>
            <QuickAdd
              stageId={laneId}
              onAdded={(id) => handle?.reveal(id)}
              focusCard={(id) => handle?.focusCard(id) ?? false}
              onClose={() => props.onAdd(null)}
            />
          </Show>
          <Show when={(board.store.stage(laneId)?.kind ?? 'open') !== 'open'}>
            <ArchiveNote stageId={laneId} />
          </Show>
        </>
      )}
      renderEmpty={(laneId) => (
        <Show
          when={board.store.lane(laneId).all().length > 0}
          fallback={<LaneHint stageId={laneId} onAdd={() => props.onAdd(laneId)} />}
        >
          No {board.type.words.one} here fits the filters.
        </Show>
      )}
      onMove={({ ids, laneId, afterId, beforeId }) =>
        board.actions.move(ids, laneId, board.view().sort ? {} : { after: afterId, before: beforeId })
      }
      onOpen={(id) => board.openDeal(id)}
      lockReason={() => board.lockReason()}
      dropBar={[
        { id: 'won', label: board.type.words.win, icon: Trophy, keys: 'W', tone: 'won' },
        { id: 'lost', label: board.type.words.lose, icon: CircleX, keys: 'L', tone: 'lost' },
        { id: 'move', label: 'Move to…', icon: ArrowRightToLine, keys: 'M' },
        { id: 'delete', label: 'Delete', icon: Trash, tone: 'del' },
      ]}
      onDropBar={drop}
      selected={board.selected()}
      onSelect={(ids) => board.select(ids)}
      holderOf={holderOf}
      remoteDrags={remoteDrags()}
      onDragging={(drag) => props.onDragging(drag)}
    />
  );
}
