import { ActivityFeed } from '@rapport/domain/activity/activity-feed.tsx';
import type { WorkspaceClient } from '@rapport/domain/client';
import { ReportsScreen } from '@rapport/domain/reports/reports-screen.tsx';

/** The manager's page: numbers that move, and beside them who moved them. */
export function NumbersAndActivity(props: { workspace: WorkspaceClient; boardId?: string }) {
  return (
    <ReportsScreen
      workspace={props.workspace}
      boardId={props.boardId}
      aside={<ActivityFeed workspace={props.workspace} />}
    />
  );
}
