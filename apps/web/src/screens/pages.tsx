import { EmptyState } from '@rapport/ui/empty-state';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { Navigate, useLocation, useNavigate, useParams } from '@solidjs/router';
import { Show, createEffect, createSignal, lazy } from 'solid-js';
import { LateShareDialog } from '../access/late-share-dialog.tsx';
import { sentenceOf } from '../api/request.ts';
import { DocumentsOf } from '../records/documents-of.tsx';
import { NoBoard } from './no-board.tsx';
import { useAddressSearch } from '../shell/address-search.ts';
import { NewPipelineButton } from '../shell/new-pipeline.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { TopBar } from '../shell/top-bar.tsx';
import { lastBoard, rememberBoard } from '../workspace/last-board.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

const DealBoardScreen = lazy(async () => ({
  default: (await import('@rapport/domain/deals/deal-board-screen.tsx')).DealBoardScreen,
}));
const ActivityScreen = lazy(async () => ({
  default: (await import('@rapport/domain/activity/activity-screen.tsx')).ActivityScreen,
}));
const ActivityFeed = lazy(async () => ({
  default: (await import('@rapport/domain/activity/activity-feed.tsx')).ActivityFeed,
}));
const ReportsScreen = lazy(async () => ({
  default: (await import('@rapport/domain/reports/reports-screen.tsx')).ReportsScreen,
}));
const ImportScreen = lazy(async () => ({
  default: (await import('@rapport/domain/imports/import-screen.tsx')).ImportScreen,
}));

export function BoardPage() {
  const params = useParams<{ board: string }>();
  const location = useLocation();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const base = `/w/${workspace.workspaceId}`;
  const [isSharing, setSharing] = createSignal(false);
  const name = () => workspace.boards()?.find((board) => board.id === params.board)?.name ?? 'Board';
  // Links name boards of any kind; what stands on them is known by their kind.
  createEffect(() => {
    if (workspace.leadBoards()?.some(({ id }) => id === params.board))
      navigate(`${base}/leads/${params.board}${location.search}`, { replace: true });
    else rememberBoard(workspace.workspaceId, params.board);
  });
  const addDemo = async () => {
    try {
      await workspace.api('POST', '/demo');
      await workspace.queries.refetchQueries({ queryKey: workspace.membersKey });
    } catch (error) {
      workspace.toast({ text: `No demo data was added. ${sentenceOf(error)}`, tone: 'danger' });
    }
  };
  const search = useAddressSearch();
  return (
    <>
      <PageTitle title={name()} workspace={workspace.summary().name} />
      <DealBoardScreen
        workspace={workspace}
        boardId={params.board}
        search={search}
        onOpenBoard={(id, deal) => navigate(`${base}/b/${id}${deal === undefined ? '' : `?deal=${deal}`}`)}
        onImport={() => navigate(`${base}/import?board=${params.board}`)}
        onShare={() => setSharing(true)}
        refused={() => <NoBoard />}
        documents={(deal) => (
          <DocumentsOf record={{ noun: 'deal', id: deal.id, name: deal.name }} mayEdit={deal.mayEdit} />
        )}
        onDemo={workspace.me.role === 'admin' ? () => void addDemo() : undefined}
      />
      <Show when={isSharing()}>
        <LateShareDialog id={params.board} name={name()} onClose={() => setSharing(false)} />
      </Show>
    </>
  );
}

export function LivePage() {
  const workspace = useWorkspace();
  return (
    <>
      <PageTitle title="Live" workspace={workspace.summary().name} />
      <ActivityScreen workspace={workspace} />
    </>
  );
}

export function ReportsPage() {
  const workspace = useWorkspace();
  return (
    <>
      <PageTitle title="Reports" workspace={workspace.summary().name} />
      <ReportsScreen workspace={workspace} aside={<ActivityFeed workspace={workspace} />} />
    </>
  );
}

export function ImportPage() {
  const workspace = useWorkspace();
  const location = useLocation();
  return (
    <>
      <PageTitle title="Import" workspace={workspace.summary().name} />
      <ImportScreen
        workspace={workspace}
        boardId={new URLSearchParams(location.search).get('board') ?? undefined}
        noun={new URLSearchParams(location.search).get('noun') ?? undefined}
      />
    </>
  );
}

/** The start of a workspace: the board that this person saw last, or the first one. */
export function BoardHome() {
  const workspace = useWorkspace();
  const goal = () => {
    const boards = workspace.boards();
    const last = lastBoard(workspace.workspaceId);
    return boards?.find((board) => board.id === last) ?? boards?.[0];
  };
  return (
    <Show
      when={goal()}
      fallback={
        <>
          <TopBar title={workspace.summary().name} />
          <div class="page">
            <Show when={workspace.boards()} fallback={<SkeletonRows count={6} />}>
              <EmptyState
                title="No pipeline yet"
                action={
                  <Show when={workspace.me.role !== 'viewer'}>
                    <NewPipelineButton />
                  </Show>
                }
              >
                Deals live on a pipeline’s board. Make the first one; you can rename its stages.
              </EmptyState>
            </Show>
          </div>
        </>
      }
    >
      {(board) => <Navigate href={`/w/${workspace.workspaceId}/b/${board().id}`} />}
    </Show>
  );
}
