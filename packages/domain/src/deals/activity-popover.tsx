import Check from 'lucide-solid/icons/check';
import { Button } from '@rapport/ui/button';
import { DateField } from '@rapport/ui/date-field';
import type { Anchor } from '@rapport/ui/popover';
import { Popover } from '@rapport/ui/popover';
import { TextField } from '@rapport/ui/text-field';
import { Show, createSignal } from 'solid-js';
import { useDealBoard } from './deal-board-context.tsx';

/** Plans, changes or ticks off a deal's next activity. */
export function ActivityForm(props: { dealId: string; onDone: () => void }) {
  const board = useDealBoard();
  const plan = () => board.store.deals.peek(props.dealId)?.nextActivity ?? null;
  const [what, setWhat] = createSignal(plan()?.what ?? '');
  const [due, setDue] = createSignal<string | null>(plan()?.due ?? board.today());
  const save = () => {
    if (what().trim() === '' && due() === null) return;
    board.actions.edit([props.dealId], { nextActivity: { what: what().trim(), due: due() } });
    props.onDone();
  };
  const tickOff = () => {
    board.actions.edit([props.dealId], { nextActivity: null });
    props.onDone();
  };
  return (
    <div
      class="activity-form"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || event.isComposing) return;
        // The date field commits on Enter itself; its value is here a moment later.
        queueMicrotask(save);
        event.preventDefault();
      }}
    >
      <TextField
        label="Next activity"
        value={what()}
        onInput={setWhat}
        autofocus
        placeholder="Call, visit, send the quote"
      />
      <DateField label="Due" today={board.today()} value={due()} onCommit={setDue} />
      <div class="row">
        <Show when={plan()}>
          <Button size="sm" variant="ghost" icon={Check} onClick={tickOff}>
            Done
          </Button>
        </Show>
        <span class="grow" />
        <Button size="sm" onClick={() => props.onDone()}>
          Cancel
        </Button>
        <Button size="sm" variant="primary" onClick={save}>
          Plan
        </Button>
      </div>
    </div>
  );
}

/** The same, hanging from a card (`A`). */
export function ActivityPopover(props: {
  dealId: string | null;
  anchor: () => Anchor | undefined;
  onClose: () => void;
}) {
  return (
    <Popover
      open={props.dealId !== null}
      onClose={() => props.onClose()}
      anchor={props.anchor}
      class="pad"
      role="dialog"
      label="Next activity"
    >
      <Show when={props.dealId} keyed>
        {(id) => <ActivityForm dealId={id} onDone={props.onClose} />}
      </Show>
    </Popover>
  );
}
