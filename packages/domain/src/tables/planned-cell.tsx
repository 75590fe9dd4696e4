import type { Planned } from '@rapport/schema/fields';
import { Button } from '@rapport/ui/button';
import { DateField } from '@rapport/ui/date-field';
import type { EditorDone } from '@rapport/ui/logic/table';
import { Popover } from '@rapport/ui/popover';
import { TextField } from '@rapport/ui/text-field';
import Check from 'lucide-solid/icons/check';
import { Show, createSignal, untrack } from 'solid-js';

/** What is planned next and for which day, in a cell; done with empties it. */
export function PlannedCell(props: {
  label: string;
  value: Planned | null;
  today: string;
  onSet: (value: Planned | null) => void;
  done: EditorDone;
}) {
  const [what, setWhat] = createSignal(untrack(() => props.value?.what ?? ''));
  const [due, setDue] = createSignal<string | null>(untrack(() => props.value?.due ?? props.today));
  let anchor: HTMLSpanElement | undefined;
  const save = () => {
    if (what().trim() !== '' || due() !== null) props.onSet({ what: what().trim(), due: due() });
    props.done('down');
  };
  return (
    <span ref={(made) => (anchor = made)} class="cell-pick">
      <Popover
        open
        onClose={() => props.done()}
        anchor={() => anchor?.closest('td') ?? anchor}
        class="pad"
        role="dialog"
        label={props.label}
      >
        <div
          class="cell-planned"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
            if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || event.isComposing) return;
            // The date field commits on Enter itself; its value is here a moment later.
            queueMicrotask(save);
            event.preventDefault();
          }}
        >
          <TextField
            label={props.label}
            value={what()}
            onInput={setWhat}
            autofocus
            placeholder="Call, visit, send the quote"
          />
          <DateField label="Due" today={props.today} value={due()} onCommit={setDue} />
          <div class="row">
            <Show when={props.value}>
              <Button
                size="sm"
                variant="ghost"
                icon={Check}
                onClick={() => {
                  props.onSet(null);
                  props.done('down');
                }}
              >
                Done
              </Button>
            </Show>
            <span class="grow" />
            <Button size="sm" variant="primary" onClick={save}>
              Plan
            </Button>
          </div>
        </div>
      </Popover>
    </span>
  );
}
