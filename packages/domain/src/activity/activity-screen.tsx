import './activity.css';
import { ShellTop } from '@rapport/ui/shell-slots';
import type { WorkspaceClient } from '../client.ts';
import { ActivityFeed } from './activity-feed.tsx';

/** “Live”: what happens in the workspace, as it happens. */
export function ActivityScreen(props: { workspace: WorkspaceClient; boardId?: string | undefined }) {
  return (
    <>
      <header class="top">
        <h1>Live</h1>
        <span class="grow" />
        <ShellTop />
      </header>
      <div class="live-page" tabindex="-1">
        <ActivityFeed workspace={props.workspace} boardId={props.boardId} />
      </div>
    </>
  );
}
