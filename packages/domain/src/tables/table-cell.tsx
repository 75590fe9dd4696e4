import type { FieldValue } from '@rapport/schema/fields';
import { Avatar } from '@rapport/ui/avatar';
import type { EditorDone } from '@rapport/ui/logic/table';
import type { Option } from '@rapport/ui/option-list';
import { Picker } from '@rapport/ui/picker';
import { CellTextEditor } from '@rapport/ui/table/cell-text-editor';
import { For, Match, Show, Switch, createResource } from 'solid-js';
import { editText } from '../fields/parse-field.web.ts';
import { takesNew } from '../fields/value-inline.tsx';
import { cellText, readCell } from './cell-value.web.ts';
import { useTable } from './table-context.web.ts';

/** What a cell shows. */
export function TableCell(props: { rowId: string; field: string }) {
  const table = useTable();
  const spec = () => table.column(props.field)?.spec;
  const value = (): FieldValue | null => table.data.row(props.rowId)?.values[props.field] ?? null;
  const text = () => {
    const now = spec();
    return now === undefined ? '' : cellText(now, value(), table.cells);
  };
  const person = () => {
    const id = value();
    return spec()?.type === 'person' && typeof id === 'string' ? table.workspace.members().get(id) : undefined;
  };
  return (
    <Switch
      fallback={
        <bdi class={spec()?.type === 'money' ? 'med' : 't2'} title={text().length > 24 ? text() : undefined}>
          {text()}
        </bdi>
      }
    >
      <Match when={person()}>
        {(somebody) => (
          <span class="row cell-row">
            <Avatar person={somebody()} size={18} decorative />
            <span class="ellip">{somebody().name}</span>
          </span>
        )}
      </Match>
      <Match when={spec()?.type === 'multiSelect' && value()}>
        <span class="labels cell-row">
          <For each={value() as readonly string[]}>
            {(each) => (
              <span class="label" dir="auto">
                {labelOf(each)}
              </span>
            )}
          </For>
        </span>
      </Match>
    </Switch>
  );
  function labelOf(id: string): string {
    const now = spec();
    return now?.type === 'multiSelect' ? (now.options.find((option) => option.id === id)?.label ?? id) : id;
  }
}

const isPicked = (type: string | undefined) => type === 'person' || type === 'select' || type === 'multiSelect';

/** What floats over a cell while it is edited: text, or a list to pick from. */
export function TableCellEditor(props: {
  rowId: string;
  field: string;
  done: EditorDone;
  startText: string | undefined;
}) {
  const table = useTable();
  const spec = () => table.column(props.field)?.spec;
  const value = (): FieldValue | null => table.data.row(props.rowId)?.values[props.field] ?? null;
  const set = (next: FieldValue | null) =>
    table.edit(
      [{ id: props.rowId, values: { [props.field]: next } }],
      `Changed ${spec()?.label.toLowerCase() ?? props.field}`,
    );
  return (
    <Show when={spec()}>
      {(now) => (
        <Show
          when={isPicked(now().type)}
          fallback={
            <CellTextEditor
              label={now().label}
              text={editText(now(), value())}
              startText={props.startText}
              align={now().type === 'money' || now().type === 'number' ? 'right' : undefined}
              inputMode={now().type === 'money' || now().type === 'number' ? 'decimal' : 'text'}
              parse={(text) => readCell(now(), text, table.cellsFor(props.field, props.rowId))}
              onCommit={set}
              done={props.done}
            />
          }
        >
          <PickCell field={props.field} value={value()} onSet={set} done={props.done} />
        </Show>
      )}
    </Show>
  );
}

function PickCell(props: {
  field: string;
  value: FieldValue | null;
  onSet: (value: FieldValue | null) => void;
  done: EditorDone;
}) {
  const table = useTable();
  let anchor: HTMLSpanElement | undefined;
  const spec = () => table.column(props.field)?.spec;
  const isMany = () => spec()?.type === 'multiSelect';
  const many = () => (Array.isArray(props.value) ? (props.value as readonly string[]) : []);
  const options = createChoices(() => props.field);
  const pick = (id: string) => {
    if (!isMany()) return props.onSet(id === '' ? null : id);
    const next = many().includes(id) ? many().filter((each) => each !== id) : [...many(), id];
    props.onSet(next.length === 0 ? null : next);
  };
  const open = () => {
    const now = spec();
    return now !== undefined && takesNew(now) ? { onCreate: pick, createLabel: 'Add' } : {};
  };
  return (
    <span ref={(made) => (anchor = made)} class="cell-pick">
      <Picker
        open
        label={spec()?.label ?? props.field}
        multiple={isMany()}
        options={props.value !== null && !isMany() ? [{ id: '', label: 'None' }, ...options()] : options()}
        isChosen={(id) => (isMany() ? many().includes(id) : id === props.value)}
        onPick={({ id }) => pick(id)}
        {...open()}
        anchor={() => anchor?.closest('td') ?? anchor}
        onClose={() => props.done()}
      />
    </span>
  );
}

/** What can be picked for a column: people, its options, and what stands in it now. */
export function createChoices(field: () => string): () => readonly Option[] {
  const table = useTable();
  const [used] = createResource(field, (key) =>
    table.column(key)?.spec.type === 'select' ? table.usedValues(key) : Promise.resolve([]),
  );
  return () => {
    const spec = table.column(field())?.spec;
    if (spec?.type === 'person')
      return [...table.workspace.members().values()]
        .filter(({ status }) => status !== 'removed')
        .map((member) => ({
          id: member.id,
          label: member.name,
          mark: () => <Avatar person={member} size={18} decorative />,
        }));
    const known = spec?.type === 'select' || spec?.type === 'multiSelect' ? spec.options : [];
    const more = (used.latest ?? []).filter((value) => !known.some(({ id }) => id === value));
    return [...known, ...more.map((value) => ({ id: value, label: value }))];
  };
}
