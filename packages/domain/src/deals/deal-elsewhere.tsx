import X from 'lucide-solid/icons/x';
import { Button } from '@rapport/ui/button';
import { EmptyState } from '@rapport/ui/empty-state';
import { IconButton } from '@rapport/ui/icon-button';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { type Accessor, type JSX, Match, Show, Switch } from 'solid-js';
import type * as Y from 'yjs';
import type { OpenDocument } from '../client.ts';
import { createArchivedBoard } from './create-archived-board.web.ts';
import { createOpenDocument } from '../create-open-document.web.ts';
import { createWhereabouts, type Whereabouts } from './create-whereabouts.web.ts';
import { DealBoardContext, useDealBoard } from './deal-board-context.tsx';
import { MoveDialog } from './move-dialog.tsx';

/** The panel of a deal that is not on the board: in an archive (whole and editable), on another pipeline, or gone. */
export function DealElsewhere(props: {
  dealId: string;
  children: (dealId: string) => JSX.Element;
  onOpenBoard: ((boardId: string, dealId: string) => void) | undefined;
}) {
  const board = useDealBoard();
  const { one } = board.type.words;
  const where = createWhereabouts(board, () => props.dealId);
  const is = <K extends Whereabouts['kind']>(kind: K) => {
    const now = where();
    return now.kind === kind ? (now as Extract<Whereabouts, { kind: K }>) : undefined;
  };
  const archive = () => is('archived')?.docName;
  return (
    <Show
      when={archive()}
      keyed
      fallback={
        <div class="panel-gone">
          <IconButton icon={X} label="Close" keys="Esc" onClick={() => board.openDeal(null)} />
          <Switch fallback={<SkeletonRows count={6} label={`Looking for the ${one}`} />}>
            <Match when={is('gone')}>
              <EmptyState title={`This ${one} is gone`}>It was deleted. Whoever deleted it can undo that.</EmptyState>
            </Match>
            <Match when={is('unknown')}>
              {(now) => <EmptyState title={`This ${one} is not on this board`}>{now().reason}</EmptyState>}
            </Match>
            <Match when={is('elsewhere')}>
              {(now) => (
                <EmptyState title={`This ${one} is in ${now().boardName}`}>
                  <Show when={props.onOpenBoard} fallback={`It was moved to another ${board.type.words.board}.`}>
                    <Button onClick={() => props.onOpenBoard?.(now().boardId, props.dealId)}>Open it there</Button>
                  </Show>
                </EmptyState>
              )}
            </Match>
          </Switch>
        </div>
      }
    >
      {(docName) => (
        <InArchive docName={docName} dealId={props.dealId}>
          {props.children}
        </InArchive>
      )}
    </Show>
  );
}

function InArchive(props: { docName: string; dealId: string; children: (dealId: string) => JSX.Element }) {
  const board = useDealBoard();
  // One mount is one archive (keyed above).
  // eslint-disable-next-line solid/reactivity
  const { document, doc, latest, problem } = createOpenDocument(board.workspace, props.docName);
  return (
    <Switch
      fallback={
        <div class="panel-gone">
          <IconButton icon={X} label="Close" keys="Esc" onClick={() => board.openDeal(null)} />
          <SkeletonRows count={6} label="Opening the archive" />
        </div>
      }
    >
      <Match when={problem()}>
        {(text) => (
          <div class="panel-gone">
            <IconButton icon={X} label="Close" keys="Esc" onClick={() => board.openDeal(null)} />
            <EmptyState title={`This ${board.type.words.one} cannot be shown`}>{text()}</EmptyState>
          </div>
        )}
      </Match>
      <Match when={doc() !== undefined}>
        <Archived docName={props.docName} document={document} doc={latest} dealId={props.dealId}>
          {props.children}
        </Archived>
      </Match>
    </Switch>
  );
}

function Archived(props: {
  docName: string;
  document: OpenDocument;
  doc: Accessor<Y.Doc>;
  dealId: string;
  children: (dealId: string) => JSX.Element;
}) {
  const home = useDealBoard();
  // One mount is one archive (keyed above).
  // eslint-disable-next-line solid/reactivity
  const board = createArchivedBoard(home, props);
  return (
    <DealBoardContext.Provider value={board}>
      <Show
        when={board.store.deals.get(props.dealId)}
        fallback={<SkeletonRows count={6} label={`Opening the ${board.type.words.one}`} />}
      >
        <Show when={props.dealId} keyed>
          {(dealId) => props.children(dealId)}
        </Show>
      </Show>
      <MoveDialog />
    </DealBoardContext.Provider>
  );
}
