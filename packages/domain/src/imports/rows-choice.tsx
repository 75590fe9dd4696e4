import { Segmented } from '@rapport/ui/segmented';
import { Select } from '@rapport/ui/select';
import { Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';
import type { WorkspaceClient } from '../client.ts';
import { importNounsFor, nounWords } from './import-nouns.ts';

/** What the rows are, and of a spreadsheet which sheet they stand in. Another answer begins the matching anew. */
export function RowsChoice(props: { workspace: WorkspaceClient; wizard: ImportWizard; preview: ShownPreview }) {
  const choices = () =>
    importNounsFor(props.workspace.me.role).map((noun) => ({ value: noun, label: nounWords[noun].label }));
  const sheets = () => props.preview.file.sheets.map((name) => ({ id: name, label: name }));
  return (
    <div class="imp-rows">
      <span class="t2">Each row is one of</span>
      <Segmented
        label="What the rows are"
        options={choices()}
        value={props.wizard.options().noun}
        onChange={(noun) => props.wizard.startOver(noun, props.wizard.options().sheet)}
      />
      <Show when={sheets().length > 1}>
        <span class="t2">on the sheet</span>
        <Select
          label="Sheet"
          hideLabel
          options={sheets()}
          value={props.preview.file.sheet ?? ''}
          onChange={(sheet) => props.wizard.startOver(props.wizard.options().noun, sheet)}
        />
      </Show>
    </div>
  );
}
