import { Button } from '@rapport/ui/button';
import { Icon } from '@rapport/ui/icon';
import FileUp from 'lucide-solid/icons/file-up';
import { Show, createSignal, onCleanup, onMount } from 'solid-js';
import type { WorkspaceClient } from '../client.ts';
import type { ImportWizard } from './create-import.web.ts';
import { EarlierImports } from './earlier-imports.tsx';

const pasted = 'pasted.csv';

/** The first step: a file that is dropped, chosen, or pasted as text; and what was imported before. */
export function FileStep(props: { workspace: WorkspaceClient; wizard: ImportWizard; canWrite: boolean }) {
  const [isOver, setOver] = createSignal(false);
  let input: HTMLInputElement | undefined;
  const take = (file: File | null | undefined) => {
    if (file && props.canWrite) props.wizard.choose(file);
  };
  const onPaste = (event: ClipboardEvent) => {
    const target = event.target;
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (file) take(file);
    else if (/[\n\t]/.test(text)) take(new File([text], pasted, { type: 'text/csv' }));
    else return;
    event.preventDefault();
  };
  onMount(() => {
    document.addEventListener('paste', onPaste);
    onCleanup(() => document.removeEventListener('paste', onPaste));
  });

  return (
    <div class="imp-file" tabindex="-1">
      <div
        class={`imp-drop${isOver() ? ' is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files[0]);
        }}
      >
        <Icon of={FileUp} size={20} class="t3" />
        <h2>
          {props.wizard.isBusy()
            ? `Reading ${props.wizard.file()?.name ?? 'the file'}`
            : 'Drop a CSV, Excel or vCard file here'}
        </h2>
        <p class="t2">
          Or paste rows from a spreadsheet. Exports of HubSpot, Pipedrive, Salesforce, Zoho and Twenty are recognised;
          up to 200,000 rows.
        </p>
        <input
          ref={(made) => (input = made)}
          type="file"
          class="sr"
          accept=".csv,.tsv,.txt,.xlsx,.vcf,.vcard,text/csv,text/tab-separated-values,text/plain,text/vcard,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          aria-label="File to import"
          tabindex="-1"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <Button
          variant="primary"
          busy={props.wizard.isBusy()}
          disabledReason={props.canWrite ? undefined : 'You may look at this workspace, not change it.'}
          onClick={() => input?.click()}
        >
          Choose a file
        </Button>
        <Show when={!props.wizard.isBusy()}>
          <p class="t3 small">Nothing is written before you have seen it.</p>
        </Show>
      </div>
      <EarlierImports workspace={props.workspace} wizard={props.wizard} canWrite={props.canWrite} />
    </div>
  );
}
