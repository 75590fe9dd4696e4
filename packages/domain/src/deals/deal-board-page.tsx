import { LatePart, late, preloadWhenIdle } from '@rapport/ui/late';
import type { BoardHandle } from '@rapport/ui/logic/board';
import { SkeletonRows } from '@rapport/ui/skeleton';
import {
  type Accessor,
  type JSX,
  Match,
  Show,
  Suspense,
  Switch,
  createEffect,
  createMemo,
  createSignal,
  on,
  onMount,
} from 'solid-js';
import type * as Y from 'yjs';
import type { CardOps } from '../boards/ops.ts';
import type { OpenDocument, WorkspaceClient } from '../client.ts';
import type { BoardCard, BoardCardType } from './board-card.ts';
import { BoardHeader, type BoardMenuLine } from './board-header.tsx';
import { createBoardKeys } from './create-board-keys.web.ts';
import { createDealBoard } from './create-deal-board.web.ts';
import { createFollowing } from './create-following.web.ts';
import type { ViewControl } from './create-view-state.web.ts';
import { type DealBoard, DealBoardContext } from './deal-board-context.tsx';
import type { Deriving } from './derived-fields.ts';
import { DealLanes } from './deal-board.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterEditor } from './filter-chips.tsx';
import type { DealWithDocuments } from './deal-panel.tsx';

// What the first look at a board does not need comes right after it; the service worker has it offline.
const DealBoardOverlays = late(async () => (await import('./deal-board-overlays.tsx')).DealBoardOverlays);
const EmptyBoard = late(async () => (await import('./empty-board.tsx')).EmptyBoard);
const DealTable = late(async () => (await import('./deal-table.tsx')).DealTable);
const ClosedDeals = late(async () => (await import('./closed-deals.tsx')).ClosedDeals);
const StageEditor = late(async () => (await import('./stage-editor.tsx')).StageEditor);
const NewPipelineDialog = late(async () => (await import('./new-pipeline-dialog.tsx')).NewPipelineDialog);

/** Where the screen can lead, as far as the app has it. */
export interface BoardLinks {
  /** `dealId` is to be open there. */
  readonly onOpenBoard?: (boardId: string, dealId?: string) => void;
  readonly onImport?: () => void;
  readonly onDemo?: (() => void) | undefined;
  readonly onShare?: () => void;
  /** Asks what cards are to become, where a win is a conversion; `onClose` when it is answered. */
  readonly conversion?: ((ids: readonly string[], onClose: () => void) => JSX.Element) | undefined;
  /** What cards show besides, at their foot; the card and the document are followed. */
  readonly cardMark?: DealBoard['cardMark'];
  /** What follows from cards without being stored, like a score. */
  readonly deriving?: Deriving | undefined;
  /** Further lines of the menu under the board's name. */
  readonly menu?: readonly BoardMenuLine[] | undefined;
  /** Notes and files of a deal, which other nouns keep. */
  readonly documents?: ((deal: DealWithDocuments) => JSX.Element) | undefined;
}

/** One pipeline's page over a document that is ready; it stays as it is when the document is replaced. */
export function DealBoardPage(
  props: BoardLinks & {
    workspace: WorkspaceClient;
    boardId: string;
    docName: string;
    document: OpenDocument;
    doc: Accessor<Y.Doc>;
    control: ViewControl;
    type: BoardCardType;
    ops: CardOps<BoardCard>;
  },
) {
  // One mount is one board (keyed by the screen).
  // eslint-disable-next-line solid/reactivity
  const board = createDealBoard(props);
  const [handle, setHandle] = createSignal<BoardHandle>();
  const [addingTo, setAddingTo] = createSignal<string | null>(null);
  const [moving, setMoving] = createSignal<readonly string[]>([]);
  const [planning, setPlanning] = createSignal<string | null>(null);
  const [isEditingStages, setEditingStages] = createSignal(board.takeRequest('edit', 'stages'));
  const [isNaming, setNaming] = createSignal(false);
  const asksForOverlays = () =>
    moving().length > 0 ||
    planning() !== null ||
    board.actions.question() !== null ||
    board.selected().size > 0 ||
    board.view().deal !== null;
  // Once there they stay: what they draw closes by itself.
  const hasOverlays = createMemo<boolean>((before) => before || asksForOverlays(), false);
  preloadWhenIdle([DealBoardOverlays, EmptyBoard, FilterEditor, DealTable, StageEditor, ClosedDeals]);
  let searchField: HTMLInputElement | undefined;
  let page: HTMLDivElement | undefined;
  const { following, follow } = createFollowing(board, handle);

  const cardOf = (id: string | null | undefined) =>
    id == null
      ? undefined
      : (page?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"], [data-row="${CSS.escape(id)}"]`) ??
        undefined);
  /** What a key acts on: the open deal when the focus is in its panel, else the selection, else the focused card. */
  const activeIds = (): readonly string[] => {
    const open = board.view().deal;
    // A deal in an archive is acted on in its panel, not by the board's keys.
    if (open !== null && document.activeElement?.closest('.panel')) return board.store.deals.peek(open) ? [open] : [];
    if (board.selected().size > 0) return [...board.selected()];
    const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row;
    return row ? [row] : (handle()?.activeIds() ?? []);
  };
  const newDeal = () => {
    const focused = board.store.deals.peek(handle()?.focusedId() ?? '')?.stageId;
    const open = board.store.stages().filter(({ kind }) => kind === 'open');
    const stage = open.find(({ id }) => id === focused) ?? open[0];
    if (board.view().as !== 'board') board.setView({ as: 'board' }, 'push');
    if (stage) setAddingTo(stage.id);
  };
  if (board.takeRequest('new', 'deal')) onMount(newDeal);
  createBoardKeys({
    board,
    activeIds,
    newDeal,
    search: () => searchField?.focus(),
    moveTo: setMoving,
    plan: setPlanning,
    enter: () => {
      const [first] = board.store.stages().flatMap(({ id }) => board.store.lane(id).shown().slice(0, 1));
      const at = handle();
      return at !== undefined && [at.focusedId(), first].some((id) => id !== undefined && at.focusCard(id));
    },
  });
  /** What a menu or dialog acted on may stand elsewhere now, or be gone: whoever works by keys goes on from there. */
  const refocus = (ids: readonly string[]) =>
    requestAnimationFrame(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const at = handle();
      if (at && !ids.some((id) => at.focusCard(id))) at.focusCard(at.focusedId() ?? '');
    });
  createEffect(on(board.actions.question, (now, before) => void (!now && before && refocus(before.ids))));
  const closeMoving = () => {
    refocus(moving());
    setMoving([]);
  };
  const closeConverting = () => {
    refocus(board.converting());
    board.actions.convert([]);
  };
  const closePlanning = () => {
    const id = planning();
    setPlanning(null);
    if (id !== null) refocus([id]);
  };
  const isEmpty = () => board.store.deals.version() >= 0 && board.store.deals.all.size === 0;
  // What is no longer on the board is no longer selected.
  createEffect(
    on(board.store.deals.version, () => {
      const kept = [...board.selected()].filter((id) => board.store.deals.peek(id));
      if (kept.length !== board.selected().size) board.select(new Set(kept));
    }),
  );

  return (
    <DealBoardContext.Provider value={board}>
      <div ref={(made) => (page = made)} class="deal-page">
        <BoardHeader
          onSwitch={(id) => props.onOpenBoard?.(id)}
          onEditStages={() => setEditingStages(true)}
          onNewPipeline={() => setNaming(true)}
          onShare={props.onShare}
          onNewDeal={newDeal}
          menu={props.menu}
          following={following()}
          onFollow={follow}
        />
        <FilterBar searchRef={(field) => (searchField = field)} />
        <Switch>
          <Match when={board.view().as === 'board'}>
            <DealLanes
              ref={setHandle}
              onMoveTo={setMoving}
              onDragging={board.presentDrag}
              addingTo={addingTo()}
              onAdd={setAddingTo}
            />
            <Show when={isEmpty() && addingTo() === null}>
              <Suspense>
                <EmptyBoard onNewDeal={newDeal} onImport={props.onImport} onDemo={props.onDemo} />
              </Suspense>
            </Show>
          </Match>
          <Match when={board.view().as === 'closed'}>
            <Suspense fallback={<SkeletonRows count={8} />}>
              <ClosedDeals />
            </Suspense>
          </Match>
          <Match when={board.view().as === 'table'}>
            <Suspense fallback={<SkeletonRows count={8} />}>
              <DealTable />
            </Suspense>
          </Match>
        </Switch>
        <Show when={hasOverlays()}>
          <LatePart>
            <DealBoardOverlays
              moving={moving()}
              onMoved={closeMoving}
              planning={planning()}
              onPlanned={closePlanning}
              anchorOf={(id) => cardOf(id) ?? page}
              onOpenBoard={props.onOpenBoard}
              documents={props.documents}
            />
          </LatePart>
        </Show>
        <Show when={board.converting().length > 0 && props.conversion}>
          {(ask) => <Suspense>{ask()(board.converting(), closeConverting)}</Suspense>}
        </Show>
        <Show when={isEditingStages()}>
          <LatePart>
            <StageEditor open onClose={() => setEditingStages(false)} />
          </LatePart>
        </Show>
        <Show when={isNaming()}>
          <LatePart>
            <NewPipelineDialog open onClose={() => setNaming(false)} onMade={(id) => props.onOpenBoard?.(id)} />
          </LatePart>
        </Show>
      </div>
    </DealBoardContext.Provider>
  );
}
