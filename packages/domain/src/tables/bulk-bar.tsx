import type { FieldSpec, FieldValue } from '@rapport/schema/fields';
import { Button } from '@rapport/ui/button';
import { DateField } from '@rapport/ui/date-field';
import { IconButton } from '@rapport/ui/icon-button';
import { MenuButton } from '@rapport/ui/menu';
import type { Option } from '@rapport/ui/option-list';
import { Picker } from '@rapport/ui/picker';
import { Popover } from '@rapport/ui/popover';
import { TextField } from '@rapport/ui/text-field';
import Merge from 'lucide-solid/icons/merge';
import Pencil from 'lucide-solid/icons/pencil';
import Trash from 'lucide-solid/icons/trash';
import X from 'lucide-solid/icons/x';
import { Match, Show, Switch, createSignal } from 'solid-js';
import { takesNew } from '../fields/value-inline.tsx';
import { choicesOfRow, createChoices, isPicked, searchFor } from './cell-choices.web.ts';
import { readCell } from './cell-value.web.ts';
import { useTable } from './table-context.web.ts';

const mostMerged = 20;
const locked = 'You may look, but not change.';

/** What is done with a column of all selected rows. */
type How = 'set' | 'add' | 'remove';
interface Asked {
  readonly key: string;
  readonly how: How;
}

const askedOf = (id: string): Asked => {
  const [how = 'set', key = ''] = id.split(':');
  return { key, how: how as How };
};

/** What can be done with the selected rows: one column of all of them, one of them, or the bin; each one step to undo. */
export function TableBulkBar(props: {
  selected: ReadonlySet<string>;
  onClear: () => void;
  noun: string;
  onMerge?: ((ids: readonly string[]) => void) | undefined;
}) {
  const table = useTable();
  const [asked, setAsked] = createSignal<Asked>();
  const [problem, setProblem] = createSignal<string>();
  let bar: HTMLDivElement | undefined;
  const column = () => table.column(asked()?.key ?? '');
  const choices = createChoices(table, () => asked()?.key ?? '');
  const picks = () => isPicked(column()?.spec, column()?.isChosen);
  const rows = () => (props.selected.size === 1 ? 'a row' : `${props.selected.size.toLocaleString()} rows`);
  const close = () => {
    setAsked(undefined);
    setProblem(undefined);
  };
  const set = (value: FieldValue | null) => {
    const now = asked();
    if (now === undefined) return;
    const label = column()?.spec.label.toLowerCase() ?? now.key;
    const list = Array.isArray(value) ? (value as readonly string[]) : [];
    const ids = [...props.selected];
    if (now.how === 'set')
      table.edit(
        ids.map((id) => ({ id, values: { [now.key]: value } })),
        `Changed ${label} of ${rows()}`,
      );
    else
      table.edit(
        ids.map((id) => ({ id, [now.how]: { [now.key]: list } })),
        `${now.how === 'add' ? `Added to ${label}` : `Took from ${label}`} of ${rows()}`,
      );
    close();
  };
  const setText = (text: string) => {
    const now = column();
    if (now === undefined) return;
    const read = readCell(now.spec, text, table.cellsFor(now.key));
    if (read.ok) set(read.value);
    else setProblem(read.error);
  };
  const bin = () => {
    table.edit(
      [...props.selected].map((id) => ({ id, gone: true })),
      `Deleted ${rows()}`,
    );
    props.onClear();
  };
  const line = ({ key, spec }: { key: string; spec: FieldSpec }): Option =>
    spec.type === 'multiSelect'
      ? {
          id: `set:${key}`,
          label: spec.label,
          items: [
            { id: `add:${key}`, label: `Add to ${spec.label.toLowerCase()}` },
            { id: `remove:${key}`, label: `Take from ${spec.label.toLowerCase()}` },
            { id: `set:${key}`, label: `Replace ${spec.label.toLowerCase()}` },
          ],
        }
      : { id: `set:${key}`, label: spec.label };
  /** A search over what can be chosen, where the column's own options are not all. */
  const search = () => {
    const now = column();
    if (now === undefined) return null;
    const [first = ''] = props.selected;
    return now.isChosen === true ? choicesOfRow(table, now.key, first) : searchFor(table, now.spec);
  };
  const none = () => (asked()?.how === 'set' && column()?.isChosen !== true ? [{ id: '', label: 'None' }] : []);
  const list = () =>
    search() === null
      ? { options: [...none(), ...choices()] }
      : { search: async (text: string) => [...none(), ...((await search()?.(text)) ?? [])] };
  const pick = (id: string) => set(id === '' ? null : column()?.spec.type === 'multiSelect' ? [id] : id);
  const made = () => {
    const spec = column()?.spec;
    const takes = spec !== undefined && spec.type !== 'reference' && takesNew(spec) && asked()?.how !== 'remove';
    return takes ? { onCreate: pick, createLabel: 'Add' } : {};
  };
  return (
    <div
      ref={(element) => (bar = element)}
      class="table-selbar"
      role="toolbar"
      aria-label={`${props.selected.size} selected`}
    >
      <b class="med num">{props.selected.size.toLocaleString()} selected</b>
      <MenuButton
        label="Change"
        side="top"
        items={(table.data.shape()?.columns ?? [])
          .filter(({ isEditable, spec }) => isEditable && spec.type !== 'planned')
          .map(line)}
        onPick={(id) => setAsked(askedOf(id))}
      >
        {(trigger) => (
          <Button variant="ghost" icon={Pencil} {...trigger} {...(table.canEdit() ? {} : { disabledReason: locked })}>
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
                ? locked
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
      <Button variant="ghost" icon={Trash} disabledReason={table.canEdit() ? undefined : locked} onClick={bin}>
        Delete
      </Button>
      <IconButton icon={X} label="Clear the selection" keys="Esc" onClick={() => props.onClear()} />
      <Picker
        label={column()?.spec.label ?? ''}
        open={asked() !== undefined && picks()}
        onClose={close}
        anchor={() => bar}
        {...list()}
        onPick={({ id }) => pick(id)}
        {...made()}
      />
      <Popover
        open={asked() !== undefined && !picks()}
        onClose={close}
        anchor={() => bar}
        side="top"
        class="pad"
        role="dialog"
        label={`Change ${column()?.spec.label.toLowerCase() ?? ''}`}
      >
        <Switch>
          <Match when={column()?.spec.type === 'date' && column()}>
            {(now) => (
              <DateField
                label={`${now().spec.label} of all ${props.selected.size.toLocaleString()}`}
                today={table.today()}
                value={null}
                onCommit={set}
              />
            )}
          </Match>
          <Match when={column()}>
            {(now) => (
              <TextField
                label={`${now().spec.label} of all ${props.selected.size}`}
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
          </Match>
        </Switch>
      </Popover>
    </div>
  );
}
