import { Button } from '@rapport/ui/button';
import { IconButton } from '@rapport/ui/icon-button';
import { MenuButton } from '@rapport/ui/menu';
import { Picker } from '@rapport/ui/picker';
import { Popover } from '@rapport/ui/popover';
import { TextField } from '@rapport/ui/text-field';
import Merge from 'lucide-solid/icons/merge';
import Pencil from 'lucide-solid/icons/pencil';
import X from 'lucide-solid/icons/x';
import type { FieldValue } from '@rapport/schema/fields';
import { Show, createSignal } from 'solid-js';
import { takesNew } from '../fields/value-inline.tsx';
import { readCell } from './cell-value.web.ts';
import { createChoices } from './table-cell.tsx';
import { useTable } from './table-context.web.ts';

const mostMerged = 20;

/** What can be done with the selected rows: one field of all of them, as one step to undo. */
export function TableBulkBar(props: {
  selected: ReadonlySet<string>;
  onClear: () => void;
  noun: string;
  onMerge?: ((ids: readonly string[]) => void) | undefined;
}) {
  const table = useTable();
  const [field, setField] = createSignal<string>();
  const [problem, setProblem] = createSignal<string>();
  let bar: HTMLDivElement | undefined;
  const spec = () => table.column(field() ?? '')?.spec;
  const isPicked = () => ['person', 'select', 'multiSelect'].includes(spec()?.type ?? '');
  const choices = createChoices(() => field() ?? '');
  const set = (value: FieldValue | null) => {
    const key = field();
    if (key === undefined) return;
    const edits = [...props.selected].map((id) => ({ id, values: { [key]: value } }));
    table.edit(
      edits,
      `Changed ${spec()?.label.toLowerCase() ?? key} of ${edits.length === 1 ? 'a row' : `${edits.length} rows`}`,
    );
    setField(undefined);
    setProblem(undefined);
  };
  const setText = (text: string) => {
    const now = spec();
    if (now === undefined) return;
    const read = readCell(now, text, table.cellsFor(field() ?? ''));
    if (read.ok) set(read.value);
    else setProblem(read.error);
  };
  const editable = () => (table.data.shape()?.columns ?? []).filter((column) => column.isEditable);
  return (
    <div
      ref={(made) => (bar = made)}
      class="table-selbar"
      role="toolbar"
      aria-label={`${props.selected.size} selected`}
    >
      <b class="med num">{props.selected.size} selected</b>
      <MenuButton
        label="Change"
        side="top"
        items={editable().map(({ key, spec: { label } }) => ({ id: key, label }))}
        onPick={setField}
      >
        {(trigger) => (
          <Button
            variant="ghost"
            icon={Pencil}
            {...trigger}
            {...(table.canEdit() ? {} : { disabledReason: 'You may look, but not change.' })}
          >
            Change
          </Button>
        )}
      </MenuButton>
      <Show when={props.selected.size > 1 && props.onMerge}>
        {(onMerge) => (
          <Button
            variant="ghost"
            icon={Merge}
            disabledReason={
              !table.canEdit()
                ? 'You may look, but not change.'
                : props.selected.size > mostMerged
                  ? `At most ${mostMerged} become one at a time.`
                  : undefined
            }
            onClick={() => onMerge()([...props.selected])}
          >
            Merge
          </Button>
        )}
      </Show>
      <IconButton icon={X} label="Clear the selection" keys="Esc" onClick={() => props.onClear()} />
      <Picker
        label={spec()?.label ?? ''}
        open={field() !== undefined && isPicked()}
        onClose={() => setField(undefined)}
        anchor={() => bar}
        options={[{ id: '', label: 'None' }, ...choices()]}
        onPick={({ id }) => set(id === '' ? null : spec()?.type === 'multiSelect' ? [id] : id)}
        {...(spec() !== undefined && takesNew(spec() as NonNullable<ReturnType<typeof spec>>)
          ? { onCreate: (label: string) => set(spec()?.type === 'multiSelect' ? [label] : label), createLabel: 'Add' }
          : {})}
      />
      <Popover
        open={field() !== undefined && !isPicked()}
        onClose={() => setField(undefined)}
        anchor={() => bar}
        side="top"
        class="pad"
        role="dialog"
        label={`Change ${spec()?.label.toLowerCase() ?? ''}`}
      >
        <Show when={spec()}>
          {(now) => (
            <TextField
              label={`${now().label} of all ${props.selected.size}`}
              hint="Enter saves; empty text empties it."
              value=""
              autofocus
              error={problem()}
              onInput={() => setProblem(undefined)}
              ref={(input) =>
                input.addEventListener('keydown', (event) => {
                  if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.isComposing) return;
                  event.preventDefault();
                  event.stopPropagation();
                  setText(input.value);
                })
              }
            />
          )}
        </Show>
      </Popover>
    </div>
  );
}
