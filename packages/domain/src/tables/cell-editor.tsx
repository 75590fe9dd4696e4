import type { FieldValue, Planned } from '@rapport/schema/fields';
import { Picker } from '@rapport/ui/picker';
import type { EditorDone } from '@rapport/ui/logic/table';
import { CellTextEditor } from '@rapport/ui/table/cell-text-editor';
import { Match, Show, Switch, untrack } from 'solid-js';
import { editText } from '../fields/parse-field.web.ts';
import { takesNew } from '../fields/value-inline.tsx';
import { choicesOfRow, createChoices, isPicked, searchFor } from './cell-choices.web.ts';
import { readCell } from './cell-value.web.ts';
import { PlannedCell } from './planned-cell.tsx';
import { useTable } from './table-context.web.ts';

/** What floats over a cell while it is edited: text, a list to pick from, or what is planned. */
export function TableCellEditor(props: {
  rowId: string;
  field: string;
  done: EditorDone;
  startText: string | undefined;
}) {
  const table = useTable();
  const column = () => table.column(props.field);
  const value = (): FieldValue | null => table.data.row(props.rowId)?.values[props.field] ?? null;
  /** What the person saw when they began, then what they set: a colleague's value that came meanwhile is another. */
  let seen = untrack(value);
  const set = (next: FieldValue | null) => {
    const title = table.data.peek(props.rowId)?.values[table.data.shape()?.title ?? ''];
    table.edit(
      [{ id: props.rowId, values: { [props.field]: next }, was: { [props.field]: seen } }],
      `Changed ${column()?.spec.label.toLowerCase() ?? props.field}${typeof title === 'string' && title !== '' ? ` of “${title}”` : ''}`,
    );
    seen = next;
  };
  return (
    <Show when={column()}>
      {(now) => (
        <Switch
          fallback={
            <CellTextEditor
              label={now().spec.label}
              text={editText(now().spec, value())}
              startText={props.startText}
              align={now().spec.type === 'money' || now().spec.type === 'number' ? 'right' : undefined}
              inputMode={now().spec.type === 'money' || now().spec.type === 'number' ? 'decimal' : 'text'}
              parse={(text) => readCell(now().spec, text, table.cellsFor(props.field, props.rowId))}
              onCommit={set}
              done={props.done}
            />
          }
        >
          <Match when={isPicked(now().spec, now().isChosen)}>
            <PickCell rowId={props.rowId} field={props.field} value={value()} onSet={set} done={props.done} />
          </Match>
          <Match when={now().spec.type === 'planned'}>
            <PlannedCell
              label={now().spec.label}
              value={value() as Planned | null}
              today={table.today()}
              onSet={set}
              done={props.done}
            />
          </Match>
        </Switch>
      )}
    </Show>
  );
}

function PickCell(props: {
  rowId: string;
  field: string;
  value: FieldValue | null;
  onSet: (value: FieldValue | null) => void;
  done: EditorDone;
}) {
  const table = useTable();
  let anchor: HTMLSpanElement | undefined;
  const column = () => table.column(props.field);
  const isMany = () => column()?.spec.type === 'multiSelect';
  const many = () => (Array.isArray(props.value) ? (props.value as readonly string[]) : []);
  const options = createChoices(table, () => props.field);
  const none = () =>
    props.value === null || isMany() || column()?.isChosen === true ? [] : [{ id: '', label: 'None' }];
  const search = () => {
    const now = column();
    if (now === undefined) return null;
    return now.isChosen === true ? choicesOfRow(table, props.field, props.rowId) : searchFor(table, now.spec);
  };
  const pick = (id: string, label?: string) => {
    if (!isMany()) {
      if (label !== undefined && id !== '' && id !== label) table.data.learn({ [id]: label });
      return props.onSet(id === '' ? null : id);
    }
    const next = many().includes(id) ? many().filter((each) => each !== id) : [...many(), id];
    props.onSet(next.length === 0 ? null : next);
  };
  /** Where any text is a value. Of records only deals keep a name that is no record's. */
  const made = () => {
    const now = column();
    const takes = now !== undefined && takesNew(now.spec) && (now.spec.type !== 'reference' || now.takesNames === true);
    return takes ? { onCreate: (text: string) => pick(text), createLabel: 'Add' } : {};
  };
  const list = () =>
    search() === null
      ? { options: [...none(), ...options()] }
      : { search: async (text: string) => [...none(), ...((await search()?.(text)) ?? [])] };
  return (
    <span ref={(made_) => (anchor = made_)} class="cell-pick">
      <Picker
        open
        label={column()?.spec.label ?? props.field}
        multiple={isMany()}
        {...list()}
        isChosen={(id) => (isMany() ? many().includes(id) : id === props.value)}
        onPick={({ id, label }) => pick(id, label)}
        {...made()}
        anchor={() => anchor?.closest('td') ?? anchor}
        onClose={() => props.done()}
      />
    </span>
  );
}
