import { Select } from '@rapport/ui/select';
import { Show, createResource } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly access: 'view' | 'edit';
}

/** Where the rows go, when there is more than one pipeline. */
export function PipelineChoice(props: { workspace: WorkspaceClient; wizard: ImportWizard; preview: ShownPreview }) {
  const [boards] = createResource(async () => {
    try {
      const list = await props.workspace.api<{ items: Choice[] }>('GET', '/boards?kind=deals');
      return list.items.map(({ id, name, access }) => ({
        id,
        label: name,
        forbidden: access === 'view' ? 'You may only look' : undefined,
      }));
    } catch {
      // The server is away: the preview says so, and the pipeline stays as it is.
      return [];
    }
  });
  return (
    <Show when={(boards.latest ?? []).length > 1}>
      <div class="imp-into">
        <Select
          label="Into the pipeline"
          options={boards.latest ?? []}
          value={props.preview.board.id}
          onChange={(board) => props.wizard.change({ board })}
        />
      </div>
    </Show>
  );
}
