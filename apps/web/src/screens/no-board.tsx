import { EmptyState } from '@rapport/ui/empty-state';
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { TopBar } from '../shell/top-bar.tsx';
import { createObserved } from '../workspace/create-status.ts';
import { useWorkspace } from '../workspace/workspace-context.ts';

const words = new Intl.ListFormat('en', { type: 'disjunction' });

/** Instead of a pipeline that is not there for this person: the same whether it exists or not, and whom to ask. */
export function NoBoard() {
  const workspace = useWorkspace();
  const admins = () =>
    [...workspace.members().values()]
      .filter(({ role, status, id }) => role === 'admin' && status === 'active' && id !== workspace.me.id)
      .map(({ name }) => name)
      .slice(0, 3);
  const status = createObserved(workspace.session.status);
  const first = () => workspace.boards()?.[0];
  return (
    <>
      <TopBar title="Pipeline" />
      <div class="page">
        <EmptyState
          title="You cannot open this pipeline"
          action={
            <Show when={first()}>
              {(board) => (
                <A class="btn" href={`/w/${workspace.workspaceId}/b/${board().id}`}>
                  Go to {board().name}
                </A>
              )}
            </Show>
          }
        >
          It is not shared with you, or it no longer exists.{' '}
          <Show when={admins().length > 0} fallback="Ask an administrator.">
            Ask its owner, or <bdi>{words.format(admins())}</bdi>.
          </Show>
          <Show when={status().refused.length > 0}>
            {' '}
            What you wrote and could not save is kept under the save button.
          </Show>
        </EmptyState>
      </div>
    </>
  );
}
