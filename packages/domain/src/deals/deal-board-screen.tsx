import './deals.css';
import { SkeletonCard } from '@rapport/ui/skeleton';
import { type Accessor, For, type JSX, Show } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import { DocumentScreen } from '../document-screen.tsx';
import { PlainTop } from '../plain-top.tsx';
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
  // One screen has one router.
  // eslint-disable-next-line solid/reactivity
  const control = createViewState(props.search ?? createAddressSearch());
  const type = () => props.type ?? dealType;
  const docNameOf = (id: string) => `board/${id}`;
  return (
    <DocumentScreen
      workspace={props.workspace}
      id={props.boardId}
      docNameOf={docNameOf}
      noun={type().words.board}
      loading={<Loading as={() => control.view().as} />}
      refused={props.refused}
    >
      {(opened) => (
        <DealBoardPage
          {...props}
          boardId={opened.id}
          type={type()}
          ops={props.ops ?? dealOps}
          docName={docNameOf(opened.id)}
          document={opened.document}
          doc={opened.latest}
          control={control}
        />
      )}
    </DocumentScreen>
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
