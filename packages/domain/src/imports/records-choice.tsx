import { Switch } from '@rapport/ui/switch';
import { Show } from 'solid-js';
import type { ImportWizard } from './create-import.web.ts';
import type { ShownPreview } from './import-api.ts';

const isOfRecord = (target: unknown): boolean =>
  typeof target === 'string' && /^(?:company|contact)(?:\.|$)/.test(target);

/** Of deals whose rows name companies or people: whether those become records, or stay text. */
export function RecordsChoice(props: { wizard: ImportWizard; preview: ShownPreview }) {
  return (
    <Show
      when={props.wizard.options().noun === 'deals' && props.preview.columns.some(({ target }) => isOfRecord(target))}
    >
      <h3 class="imp-sub">Companies and people</h3>
      <div class="imp-box">
        <Switch
          checked={(props.wizard.options().records ?? 'link') === 'link'}
          onChange={(isLinked) => props.wizard.change({ records: isLinked ? 'link' : 'text' })}
        >
          Become records: those that you have are linked, the others made. Else names stay text on the deal
        </Switch>
      </div>
    </Show>
  );
}
