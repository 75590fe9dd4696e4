import { EmptyState } from '@rapport/ui/empty-state';
import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { NewPipelineButton } from '../shell/new-pipeline.tsx';
import { useWorkspace } from '../workspace/workspace-context.ts';
import { ListTable } from './list-table.tsx';
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
      <ListTable
        label="Pipelines"
        name="pipelines"
        heads={['Name', { label: 'Open deals', isRight: true }, { label: 'Open', isHidden: true }]}
        items={workspace.boards()}
        empty={<EmptyState title="No pipeline yet">Make the first one.</EmptyState>}
      >
        {(board) => (
          <>
            <td>
              <A class="link" href={`/w/${workspace.workspaceId}/b/${board.id}`}>
                {board.name}
              </A>
            </td>
            <td class="r num">{board.open}</td>
            <td class="r">
              <A class="btn sm" href={`/w/${workspace.workspaceId}/b/${board.id}`} aria-label={`Open ${board.name}`}>
                Open
              </A>
            </td>
          </>
        )}
      </ListTable>
    </Section>
  );
}
