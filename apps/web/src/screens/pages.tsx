import type { WorkspaceClient } from '@rapport/domain/client';
import type { SearchPort } from '@rapport/domain/deals/create-view-state.web';
import { EmptyState } from '@rapport/ui/empty-state';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { Navigate, useLocation, useNavigate, useParams } from '@solidjs/router';
import { type Component, Show, createEffect, lazy } from 'solid-js';
import { NewPipelineButton } from '../shell/new-pipeline.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { TopBar } from '../shell/top-bar.tsx';
import { lastBoard, rememberBoard } from '../workspace/last-board.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

/** What screens are given besides the workspace; each takes what it knows. */
interface ScreenProps {
  workspace: WorkspaceClient;
  boardId?: string;
  search?: SearchPort;
  onOpenBoard?: (boardId: string) => void;
  onImport?: () => void;
  onDemo?: () => void;
}
type Screen = Component<ScreenProps>;

// Whatever screens the product has; the navigation offers what is here and nothing else.
const modules = import.meta.glob<Record<string, Screen>>([
  '../../../../packages/domain/src/deals/deal-board-screen.tsx',
  '../../../../packages/domain/src/{activity,imports}/*-screen.tsx',
]);

function screen(file: string, name: string): Screen | undefined {
  const load = modules[`../../../../packages/domain/src/${file}`];
  return load && lazy(async () => ({ default: (await load())[name] ?? (() => null) }));
}

const DealBoardScreen = screen('deals/deal-board-screen.tsx', 'DealBoardScreen');

function page(Shown: Screen | undefined, title: string): Component | undefined {
  return (
    Shown &&
    (() => {
      const workspace = useWorkspace();
      return (
        <>
          <PageTitle title={title} workspace={workspace.summary().name} />
          <Shown workspace={workspace} />
        </>
      );
    })
  );
}

/** Pages beside boards and settings, as far as they exist. */
export const pages = {
  live: page(screen('activity/activity-screen.tsx', 'ActivityScreen'), 'Live'),
  reports: page(
    lazy(async () => ({ default: (await import('./numbers-and-activity.tsx')).NumbersAndActivity })),
    'Reports',
  ),
  imports: page(screen('imports/import-screen.tsx', 'ImportScreen'), 'Import'),
};

export function BoardPage() {
  const params = useParams<{ board: string }>();
  const workspace = useWorkspace();
  const name = () => workspace.boards()?.find((board) => board.id === params.board)?.name ?? 'Board';
  createEffect(() => rememberBoard(workspace.workspaceId, params.board));
  const location = useLocation();
  const navigate = useNavigate();
  const base = () => `/w/${workspace.workspaceId}`;
  const search: SearchPort = {
    search: () => location.search,
    setSearch: (next, how) =>
      navigate(`${location.pathname}${next === '' ? '' : `?${next}`}`, { replace: how === 'replace', scroll: false }),
  };
  const addDemo = async () => {
    try {
      await workspace.api('POST', '/demo');
    } catch (error) {
      workspace.toast({ text: `Not added. ${error instanceof Error ? error.message : String(error)}`, tone: 'danger' });
    }
  };
  return (
    <>
      <PageTitle title={name()} workspace={workspace.summary().name} />
      <Show when={params.board} keyed>
        {(boardId) =>
          DealBoardScreen ? (
            <DealBoardScreen
              workspace={workspace}
              boardId={boardId}
              search={search}
              onOpenBoard={(id) => navigate(`${base()}/b/${id}`)}
              onImport={() => navigate(`${base()}/import?board=${boardId}`)}
              onDemo={() => void addDemo()}
            />
          ) : (
            <TopBar title={name()} />
          )
        }
      </Show>
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
              <EmptyState title="No pipeline yet" action={<NewPipelineButton />}>
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
