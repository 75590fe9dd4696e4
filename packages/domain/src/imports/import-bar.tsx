import { Button } from '@rapport/ui/button';
import { Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';

/** What would happen, counted, and the button that makes it happen. */
export function ImportBar(props: { wizard: ImportWizard; preview: ShownPreview; canWrite: boolean }) {
  const rows = () => props.wizard.planned();
  const reason = () => {
    if (!props.canWrite) return 'You may look at this workspace, not change it.';
    if (props.preview.questions.length > 0)
      return `Say first how to read ${props.preview.questions.map(({ column }) => `“${column}”`).join(', ')}.`;
    return rows() === 0 ? 'No row would change anything.' : undefined;
  };
  return (
    <footer class="imp-bar">
      <div class="imp-sum" aria-live="polite">
        <div class="imp-share" aria-hidden="true">
          <i class="a" style={{ flex: props.preview.created }} />
          <i class="b" style={{ flex: props.preview.updated }} />
          <i class="c" style={{ flex: props.preview.skipped }} />
        </div>
        <span class="num">
          <i class="imp-key a" />
          <b class="med">{props.preview.created.toLocaleString()}</b> new
        </span>
        <Show when={props.preview.updated > 0}>
          <span class="num">
            <i class="imp-key b" />
            <b class="med">{props.preview.updated.toLocaleString()}</b> updated
          </span>
        </Show>
        <Show when={props.preview.unchanged > 0}>
          <span class="num">
            <b class="med">{props.preview.unchanged.toLocaleString()}</b> unchanged
          </span>
        </Show>
        <Show when={props.preview.skipped > 0}>
          <span class="num">
            <i class="imp-key c" />
            <b class="med">{props.preview.skipped.toLocaleString()}</b> left out unless you fix them
          </span>
        </Show>
      </div>
      <span class="grow" />
      <Button onClick={() => props.wizard.leave()}>Back</Button>
      <Button
        variant="primary"
        busy={props.wizard.isStarting()}
        disabledReason={reason()}
        onClick={() => void props.wizard.run()}
      >
        Import {rows().toLocaleString()} {rows() === 1 ? 'row' : 'rows'}
      </Button>
    </footer>
  );
}
