import { EmptyState } from '@rapport/ui/empty-state';
import { SkeletonRows } from '@rapport/ui/skeleton';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { NewPipelineButton } from '../shell/new-pipeline.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { Section } from './section.tsx';

export function Pipelines() {
  const workspace = useWorkspace();
  return (
    <Section
      title="Pipelines"
      count={workspace.boards()?.length}
      lead="Stages, probabilities and rotting days belong to each pipeline: edit them from the menu beside its name."
      action={
        <Show when={workspace.me.role !== 'viewer'}>
          <NewPipelineButton />
        </Show>
      }
    >
      <Show when={workspace.boards()} fallback={<SkeletonRows label="Loading pipelines" />}>
        {(boards) => (
          <Show
            when={boards().length > 0}
            fallback={<EmptyState title="No pipeline yet">Make the first one.</EmptyState>}
          >
            <div class="set-scroll" tabindex="0" role="region" aria-label="Pipelines">
              <table class="tbl set-pipelines">
                <thead>
                  <tr>
                    <th>Name</th>
                    <th class="r">Open deals</th>
                    <th aria-label="Open" />
                  </tr>
                </thead>
                <tbody>
                  <For each={boards()}>
                    {(board) => (
                      <tr>
                        <td>
                          <A class="link" href={`/w/${workspace.workspaceId}/b/${board.id}`}>
                            {board.name}
                          </A>
                        </td>
                        <td class="r num">{board.open}</td>
                        <td class="r">
                          <A
                            class="btn sm"
                            href={`/w/${workspace.workspaceId}/b/${board.id}`}
                            aria-label={`Open ${board.name}`}
                          >
                            Open
                          </A>
                        </td>
                      </tr>
                    )}
                  </For>
                </tbody>
              </table>
            </div>
          </Show>
        )}
      </Show>
    </Section>
  );
}
