import type { RulesTab } from '@rapport/domain/leads/rules-screen.tsx';
import { useNavigate, useParams } from '@solidjs/router';
import { lazy } from 'solid-js';
import { PageTitle } from '../shell/page-title.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';

const RulesScreen = lazy(async () => ({
  default: (await import('@rapport/domain/leads/rules-screen.tsx')).RulesScreen,
}));

function RulesPage(props: { tab: RulesTab }) {
  const params = useParams<{ board: string }>();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const name = () => workspace.boards()?.find((board) => board.id === params.board)?.name ?? 'Leads';
  return (
    <>
      <PageTitle title={props.tab === 'score' ? 'Score' : 'Assignment'} workspace={workspace.summary().name} />
      <RulesScreen
        workspace={workspace}
        boardId={params.board}
        boardName={name()}
        tab={props.tab}
        onTab={(tab) => navigate(`/w/${workspace.workspaceId}/leads/${params.board}/${tab}`)}
      />
    </>
  );
}

/** Who gets the leads of a board. */
export const AssignmentPage = () => <RulesPage tab="assignment" />;
/** What makes their score. */
export const ScorePage = () => <RulesPage tab="score" />;
