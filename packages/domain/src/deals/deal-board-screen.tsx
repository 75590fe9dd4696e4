import './deals.css';
import { EmptyState } from '@rapport/ui/empty-state';
import { ShellTop } from '@rapport/ui/shell-slots';
import { SkeletonCard } from '@rapport/ui/skeleton';
import {
  type Accessor,
  For,
  type JSX,
  Match,
  Show,
  Switch,
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
} from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { createOpenDocument } from '../create-open-document.web.ts';
import { NotOnDevice } from '../not-on-device.tsx';
import { createAddressSearch, createViewState, type SearchPort } from './create-view-state.web.ts';
import type { CardOps } from '../boards/ops.ts';
import type { BoardCard, BoardCardType } from './board-card.ts';
import { dealType } from './deal-type.ts';
import { dealOps } from './ops.ts';
import type { ViewState } from './view-state.ts';
import { DealBoardPage, type BoardLinks } from './deal-board-page.tsx';

export interface DealBoardScreenProps extends BoardLinks {
  readonly workspace: WorkspaceClient;
  readonly boardId: string;
  /** The router's query string; without it the address bar itself is read and written. */
  readonly search?: SearchPort;
  /** What the cards are, and the operations on them; deals unless told otherwise. */
  readonly type?: BoardCardType;
  readonly ops?: CardOps<BoardCard>;
  /** What stands here when the board cannot be opened. */
  readonly refused?: () => JSX.Element;
}

/** A pipeline as board and table, live. */
export function DealBoardScreen(props: DealBoardScreenProps) {
  // A board that was refused is asked for again when anything is shared anew.
  const [round, setRound] = createSignal(0);
  let isRefused = false;
  // One screen is in one workspace.
  // eslint-disable-next-line solid/reactivity
  onCleanup(props.workspace.onChanged(['access'], () => isRefused && setRound((last) => last + 1)));
  // By value: what else changes around the board (a role, a name) draws nothing anew.
  const mount = createMemo(() => ({ boardId: props.boardId, round: round() }), undefined, {
    equals: (a, b) => a.boardId === b.boardId && a.round === b.round,
  });
  return (
    <Show when={mount()} keyed>
      {({ boardId }) => <OpenBoard {...props} boardId={boardId} onRefused={(is) => (isRefused = is)} />}
    </Show>
  );
}

function OpenBoard(props: DealBoardScreenProps & { onRefused: (isRefused: boolean) => void }) {
  const docName = () => `board/${props.boardId}`;
  // One mount is one board (keyed above), in one workspace, with one router.
  /* eslint-disable solid/reactivity */
  const { document, doc, latest, problem, isAway } = createOpenDocument(props.workspace, docName());
  const control = createViewState(props.search ?? createAddressSearch());
  /* eslint-enable solid/reactivity */
  createEffect(() => props.onRefused(problem() !== undefined));
  return (
    <Switch fallback={<Loading as={() => control.view().as} />}>
      <Match when={problem()}>
        {(text) => (
          <Show
            when={props.refused}
            fallback={
              <div class="deal-page">
                <PlainTop />
                <EmptyState title={`This ${(props.type ?? dealType).words.board} cannot be shown`}>{text()}</EmptyState>
              </div>
            }
          >
            {(refused) => refused()()}
          </Show>
        )}
      </Match>
      <Match when={doc() === undefined && isAway()}>
        <NotOnDevice noun={(props.type ?? dealType).words.board} />
      </Match>
      <Match when={doc() !== undefined}>
        <DealBoardPage
          {...props}
          type={props.type ?? dealType}
          ops={props.ops ?? dealOps}
          docName={docName()}
          document={document}
          doc={latest}
          control={control}
        />
      </Match>
    </Switch>
  );
}

/** The head while there is no board: only what the shell puts there. */
function PlainTop() {
  return (
    <header class="top">
      <span class="grow" />
      <ShellTop />
    </header>
  );
}

/** Lanes in their final shape, after 150 ms. */
function Loading(props: { as: Accessor<ViewState['as']> }) {
  return (
    <div class="deal-page" aria-busy="true">
      <PlainTop />
      <div class="tools" />
      <Show when={props.as() === 'board'}>
        <div class="board">
          <For each={[4, 3, 4, 2, 2]}>
            {(count) => (
              <div class="lane">
                <div class="lane-h" style={{ height: '51px' }} />
                <div class="cards">
                  <For each={Array.from({ length: count })}>{() => <SkeletonCard />}</For>
                </div>
              </div>
            )}
          </For>
        </div>
      </Show>
      <span class="sr" role="status">
        Loading the board
      </span>
    </div>
  );
}
